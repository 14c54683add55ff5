package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionsTest {
    @TempDir
    private Path dir;

    private Database database;

    @BeforeEach
    void open() throws IOException {
        database = new Database(dir);
    }

    @ParameterizedTest
    @CsvSource({
        "debian, 13, DEB, Debian:13, true",
        "debian, 13, DEB, Debian:12, false",
        "debian, 13, DEB, Debian, true",
        "alpine, 3.20.1, APK, Alpine:v3.20, true",
        "alpine, 3.20.1, APK, Alpine:v3.2, false",
        "ubuntu, 24.04, DEB, Ubuntu:24.04:LTS, true",
        "ubuntu, 24.04, DEB, Ubuntu:24.04, true",
        "ubuntu, 24.10, DEB, Ubuntu:24.10, true",
        "ubuntu, 24.04, DEB, Ubuntu:22.04:LTS, false",
        "ubuntu, 20.04, DEB, Ubuntu:Pro:20.04:LTS, true",
        "ubuntu, 20.04, DEB, Ubuntu:Pro:FIPS:20.04:LTS, false",
        "rhel, 9.4, RPM, Red Hat:enterprise_linux:9::baseos, true",
        "rhel, 9.4, RPM, Red Hat:enterprise_linux:9, true",
        "rhel, 9.4, RPM, Red Hat:enterprise_linux:8::baseos, false",
        "rhel, 9.4, RPM, Red Hat:rhel_eus:9.2::baseos, false",
        "rocky, 9.4, RPM, Rocky Linux:9, true",
        "almalinux, 9.4, RPM, AlmaLinux:9, true",
        "almalinux, 9.4, RPM, AlmaLinux:8, false",
        "opensuse-leap, 15.6, RPM, openSUSE:Leap 15.6, true",
        "sles, 15.6, RPM, SUSE:Linux Enterprise Server 15 SP6, true",
        "sles, 15.6, RPM, SUSE:Linux Enterprise Module for Basesystem 15 SP6, true",
        "sles, 15.6, RPM, SUSE:Linux Enterprise Server 15 SP5-LTSS, false",
        "sles, 15.6, RPM, SUSE:Linux Enterprise Micro 5.5, false",
        "wolfi, 20230201, APK, Wolfi, true"
    })
    void anAdvisoryHoldsForItsReleaseWhateverTheDatabaseAddsToItsName(
            String id, String version, PackageType type, String ecosystem, boolean affected) throws IOException {
        database.with(Osv.of("A-1", ecosystem, "lib", "2.0"));
        Distribution distribution = new Distribution(id, version, id);

        assertThat(database.ids(distribution, Database.of(type, "lib", "1.0")).isEmpty())
                .isEqualTo(!affected);
    }

    @Test
    void whatOnlyCustomersOfUbuntuGetCountsWhereNothingElseIsSaid() throws IOException {
        Distribution ubuntu = new Distribution("ubuntu", "22.04", "Ubuntu");
        database.with(
                Osv.of("A-1", "Ubuntu:22.04:LTS", "both", "1.1")
                        .range("Ubuntu:Pro:22.04:LTS", "both", "introduced", "0", "fixed", "1.2+esm1"),
                Osv.of("A-2").range("Ubuntu:Pro:22.04:LTS", "only", "introduced", "0", "fixed", "1.2+esm1"));

        assertThat(database.ids(ubuntu, Database.of(PackageType.DEB, "both", "1.1")))
                .isEmpty();
        assertThat(database.ids(ubuntu, Database.of(PackageType.DEB, "only", "1.1")))
                .containsExactly("A-2");
    }

    @Test
    void packagesOfAlpineAreComparedByTheirOrigin() throws IOException {
        database.with(Osv.of("A-1", "Alpine:v3.20", "openssl", "3.3.2-r0"));
        FoundPackage library = new FoundPackage(
                PackageType.APK,
                "libcrypto3",
                "3.3.1-r3",
                Optional.of("openssl"),
                Optional.empty(),
                Optional.of("x86_64"),
                "lib/apk/db/installed");

        assertThat(database.ids(new Distribution("alpine", "3.20.1", "Alpine"), library))
                .containsExactly("A-1");
    }

    /** The epoch is that of the binary: the name of a source has none. */
    @Test
    void packagesOfRpmAreComparedByTheirOwnNameAndByTheirSource() throws IOException {
        database.with(
                Osv.of("A-1", "Rocky Linux:9", "openssl", "1:3.0.7-5.el9"),
                Osv.of("A-2", "Red Hat:enterprise_linux:9::baseos", "openssl-libs", "1:3.0.7-5.el9"),
                Osv.of("A-3", "Red Hat:enterprise_linux:9::baseos", "openssl", "1:9.0.0-1.el9"));
        FoundPackage old = openssl("3.0.7-2.el9");
        FoundPackage fixed = openssl("3.0.7-5.el9");

        assertThat(database.ids(new Distribution("rocky", "9.4", "Rocky"), old)).containsExactly("A-1");
        assertThat(database.ids(new Distribution("rocky", "9.4", "Rocky"), fixed))
                .isEmpty();
        assertThat(database.ids(new Distribution("rhel", "9.4", "RHEL"), old)).containsExactly("A-2");
    }

    private static FoundPackage openssl(String version) {
        return new FoundPackage(
                PackageType.RPM,
                "openssl-libs",
                "1:" + version,
                Optional.of("openssl"),
                Optional.of(version),
                Optional.of("x86_64"),
                "var/lib/rpm/rpmdb.sqlite");
    }

    @Test
    void whatTheIndexDoesNotKnowIsAGap() throws IOException {
        database.with(Osv.of("A-1", "Debian:12", "lib", "2.0"), Osv.of("A-2", "npm", "left", "2.0.0"));

        assertThat(database.report(
                                Optional.of(Database.DEBIAN),
                                Database.of(PackageType.DEB, "lib", "1.0"),
                                Database.of(PackageType.DEB, "other", "1.0"),
                                Database.of(PackageType.PYPI, "django", "1.0"),
                                Database.npm("left", "3.0.0"))
                        .gaps())
                .containsExactly(
                        "2 packages were not compared with advisories: the index has none of Debian:13",
                        "1 package was not compared with advisories: the index has none of PyPI");
    }

    @Test
    void aDistributionThatNoDatabaseKnowsIsAGap() throws IOException {
        database.with(Osv.of("A-1", "npm", "left", "2.0.0"));
        FoundPackage bash = Database.of(PackageType.RPM, "bash", "5.2-1");

        assertThat(database.report(Optional.of(new Distribution("fedora", "40", "Fedora Linux 40")), bash)
                        .gaps())
                .containsExactly(
                        "1 package was not compared with advisories: databases in the OSV schema do not know the"
                                + " packages of Fedora Linux 40");
        assertThat(database.report(Optional.empty(), bash).gaps())
                .containsExactly(
                        "1 package was not compared with advisories: the image does not say which distribution its"
                                + " packages of type rpm are of");
    }
}
