package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.report.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffectedVersionsTest {
    @TempDir
    private Path dir;

    private Database database;

    @BeforeEach
    void open() throws IOException {
        database = new Database(dir);
    }

    private boolean isAffected(FoundPackage found) {
        return !database.findings(found).isEmpty();
    }

    private Optional<String> fixOf(FoundPackage found) {
        List<Finding> findings = database.findings(found);
        assertThat(findings).hasSize(1);
        return findings.get(0).fixedVersion();
    }

    @Test
    void aRangeBeginsWhereItIsIntroducedAndEndsBeforeItIsFixed() throws IOException {
        database.with(Osv.of("A-1").range("npm", "left", "introduced", "1.0.0", "fixed", "1.2.0"));

        assertThat(isAffected(Database.npm("left", "0.9.9"))).isFalse();
        assertThat(isAffected(Database.npm("left", "1.0.0-beta"))).isFalse();
        assertThat(isAffected(Database.npm("left", "1.0.0"))).isTrue();
        assertThat(isAffected(Database.npm("left", "1.1.9"))).isTrue();
        assertThat(isAffected(Database.npm("left", "1.2.0"))).isFalse();
        assertThat(isAffected(Database.npm("right", "1.0.0"))).isFalse();
    }

    @Test
    void theEventsOfARangeMayBeInAnyOrder() throws IOException {
        database.with(Osv.of("A-1")
                .range("npm", "left", "fixed", "2.1.0", "introduced", "2.0.0", "fixed", "1.2.0", "introduced", "0"));

        assertThat(isAffected(Database.npm("left", "1.1.0"))).isTrue();
        assertThat(isAffected(Database.npm("left", "1.5.0"))).isFalse();
        assertThat(isAffected(Database.npm("left", "2.0.5"))).isTrue();
        assertThat(isAffected(Database.npm("left", "3.0.0"))).isFalse();
    }

    @Test
    void zeroIsLowerThanEveryVersionOfEveryEcosystem() throws IOException {
        database.with(Osv.of("A-1", "Debian:13", "tilde", "2"));

        assertThat(database.ids(Database.DEBIAN, Database.of(PackageType.DEB, "tilde", "0~~a")))
                .containsExactly("A-1");
    }

    @Test
    void theLastAffectedVersionIsAffected() throws IOException {
        database.with(Osv.of("A-1").range("npm", "left", "introduced", "0", "last_affected", "1.2.0"));

        assertThat(isAffected(Database.npm("left", "1.2.0"))).isTrue();
        assertThat(isAffected(Database.npm("left", "1.2.1"))).isFalse();
        assertThat(fixOf(Database.npm("left", "1.2.0"))).isEmpty();
    }

    @Test
    void aLimitEndsARangeForVersionsThatItSaysNothingAbout() throws IOException {
        database.with(
                Osv.of("A-1").range("npm", "left", "introduced", "1.0.0", "limit", "2.0.0"),
                Osv.of("A-2").range("npm", "right", "introduced", "1.0.0", "limit", "*", "limit", "1.1.0"));

        assertThat(isAffected(Database.npm("left", "1.9.0"))).isTrue();
        assertThat(isAffected(Database.npm("left", "2.0.0"))).isFalse();
        assertThat(isAffected(Database.npm("right", "7.0.0"))).isTrue();
    }

    @Test
    void singleVersionsAreAffectedBesideTheRanges() throws IOException {
        database.with(Osv.of("A-1")
                .range("npm", "left", "introduced", "1.0.0", "fixed", "1.1.0")
                .andVersions("1.0.5", "3.0.0"));

        assertThat(isAffected(Database.npm("left", "1.0.5"))).isTrue();
        assertThat(isAffected(Database.npm("left", "3.0.0"))).isTrue();
        assertThat(isAffected(Database.npm("left", "3.0.1"))).isFalse();
    }

    @Test
    void rangesOfCommitsDoNotCount() throws IOException {
        database.with(
                Osv.of("A-1").typedRange("GIT", "npm", "left", "introduced", "0", "fixed", "0123456789abcdef"),
                Osv.of("A-2")
                        .typedRange("GIT", "npm", "left", "introduced", "0")
                        .andRange("SEMVER", "introduced", "2.0.0"));

        assertThat(isAffected(Database.npm("left", "1.0.0"))).isFalse();
        assertThat(isAffected(Database.npm("left", "2.0.0"))).isTrue();
    }

    @Test
    void theFixIsTheLowestOneAboveWhatIsInstalled() throws IOException {
        database.with(Osv.of("A-1")
                .range("npm", "left", "introduced", "0", "fixed", "1.2.0", "introduced", "2.0.0", "fixed", "2.3.0"));

        assertThat(fixOf(Database.npm("left", "1.0.0"))).contains("1.2.0");
        assertThat(fixOf(Database.npm("left", "2.1.0"))).contains("2.3.0");
    }

    @Test
    void theFixOfASingleVersionIsThatOfTheRangesBesideIt() throws IOException {
        database.with(Osv.of("A-1")
                .range("npm", "left", "introduced", "2.0.0", "fixed", "2.3.0")
                .andVersions("1.0.0"));

        assertThat(fixOf(Database.npm("left", "1.0.0"))).contains("2.3.0");
    }

    @Test
    void aWithdrawnAdvisoryNeverMatches() throws IOException {
        AdvisoryFacts facts = database.with(
                Osv.of("A-1", "npm", "left", "9.0.0").put("withdrawn", "2026-01-01T00:00:00Z"),
                Osv.of("A-2", "npm", "left", "9.0.0"));

        assertThat(facts.withdrawn()).isEqualTo(1);
        assertThat(database.findings(Database.npm("left", "1.0.0")))
                .extracting(Finding::id)
                .containsExactly("A-2");
    }

    @Test
    void theNewestOfSeveralCopiesOfAnAdvisoryCounts() throws IOException {
        Path old = database.sources().resolve("old/all.zip");
        Path older = database.sources().resolve("older/all.zip");
        Database.zip(old, List.of(Osv.of("A-1", "npm", "left", "1.5.0").put("modified", "2025-05-05T00:00:00Z")));
        Database.zip(older, List.of(Osv.of("A-1", "npm", "left", "9.0.0").put("modified", "2024-05-05T00:00:00Z")));
        database.index().build(List.of(database.sources()));
        assertThat(isAffected(Database.npm("left", "1.0.0"))).isTrue();
        assertThat(isAffected(Database.npm("left", "2.0.0"))).isFalse();

        database.with(Osv.of("A-1", "npm", "left", "9.0.0").put("withdrawn", "2026-01-01T00:00:00Z"));
        assertThat(isAffected(Database.npm("left", "1.0.0"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PYPI, PyPI, Foo_Bar.baz, foo-bar-baz, 1.0rc1, 1.0, true",
        "PYPI, PyPI, foo, foo, 1.0.post1, 1.0, false",
        "CARGO, crates.io, Serde-Json, serde_json, 1.0.0, 1.0.1, true",
        "MAVEN, Maven, org.example:lib, org.example:lib, 1.0-SNAPSHOT, 1.0, true",
        "MAVEN, Maven, org.example:lib, org.example:Lib, 1.0, 2.0, false",
        "NPM, npm, @scope/name, @scope/name, 1.9.0, 1.10.0, true",
        "NPM, npm, JSONStream, jsonstream, 1.0.0, 2.0.0, false",
        "GOLANG, Go, example.org/lib/v2, example.org/lib/v2, v2.0.1, 2.0.2, true",
        "GOLANG, Go, example.org/lib, example.org/lib/v2, v2.0.1, 2.0.2, false",
        "GOLANG, Go, example.org/lib, example.org/lib, v1.9.0+incompatible, 1.9.0, false",
        "GOLANG, Go, example.org/lib, example.org/lib, v0.0.0-20200101000000-0123456789ab, 0.1.0, true",
        "GOLANG, Go, stdlib, stdlib, 1.22.0-rc.1, 1.22.0, true"
    })
    void namesAndVersionsAreComparedAsTheirEcosystemDoes(
            PackageType type,
            String ecosystem,
            String known,
            String name,
            String version,
            String fixed,
            boolean affected)
            throws IOException {
        database.with(Osv.of("A-1", ecosystem, known, fixed));

        assertThat(isAffected(Database.of(type, name, version))).isEqualTo(affected);
    }

    @Test
    void packagesOfDebianAreComparedByTheirSource() throws IOException {
        database.with(Osv.of("A-1", "Debian:13", "openssl", "3.5.1-1"), Osv.of("A-2", "Debian:13", "libssl3", "9"));

        assertThat(database.ids(Database.DEBIAN, Database.deb("libssl3", "3.5.1-1+b2", "openssl", "3.5.0-1")))
                .containsExactly("A-1");
        assertThat(database.ids(Database.DEBIAN, Database.deb("libssl3", "3.5.0-1", "openssl", "3.5.1-1")))
                .isEmpty();
    }

    @Test
    void theIndexIsAskedForEachPackageByItself() throws IOException {
        Osv[] many = new Osv[200];
        for (int i = 0; i < many.length; i++) {
            many[i] = Osv.of(String.format(Locale.ROOT, "A-%03d", i), "npm", "package-" + i, "2.0.0");
        }
        database.with(many);

        for (int i = 0; i < many.length; i++) {
            assertThat(database.findings(Database.npm("package-" + i, "1.0.0")))
                    .extracting(Finding::id)
                    .containsExactly(many[i].id());
        }
    }
}
