package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Debian's own program finds the same as the scanner, with the same advisories in its form. It compares installed packages by
 * their sources, with apt's order of versions.
 */
@Tag("any-jdk")
class DebsecanTest {
    private static final int SOURCES = 400;
    private static final int ADVISORIES = 4_000;
    private static final List<String> VERSIONS = List.of(
            "1.0-1",
            "1.0-1~deb13u1",
            "1.0-1+b2",
            "1.0-1+deb13u1",
            "1.0~rc1-1",
            "1.0",
            "1:0.9-1",
            "1.0-10",
            "1.0-2",
            "1.0+dfsg-1",
            "1.0.1-1",
            "2.0-0+nmu1",
            "2.0~beta2-1",
            "1.0-1.1",
            "0~20240101-1",
            "2:1.0-1",
            "1.10-1",
            "1.9-1");

    @TempDir
    private Path dir;

    private final Random random = new Random(20261128);

    /** An advisory in both forms. Without a fixed version every version is affected. */
    private record Known(String id, String source, Optional<String> fixed) {}

    /** What is installed, and what it was built from. */
    private record Installed(String name, String version, String source, String sourceVersion) {

        FoundPackage found() {
            return new FoundPackage(
                    PackageType.DEB,
                    name,
                    version,
                    Optional.of(source),
                    Optional.of(sourceVersion),
                    Optional.of("amd64"),
                    "var/lib/dpkg/status");
        }
    }

    @Test
    void bothFindTheSame() throws Exception {
        Programs.require("debsecan");
        List<Known> known = new ArrayList<>();
        for (int i = 0; i < ADVISORIES; i++) {
            known.add(new Known(
                    "CVE-2026-" + (10_000 + i),
                    source(random.nextInt(SOURCES)),
                    random.nextInt(5) == 0 ? Optional.empty() : Optional.of(version())));
        }
        List<Installed> installed = new ArrayList<>();
        for (int i = 0; i < 2 * SOURCES; i++) {
            String version = version();
            // Some are built anew without a change of the source.
            String binary = random.nextBoolean() ? version : version + "+b1";
            installed.add(new Installed("binary-" + i, binary, source(i % (SOURCES + 20)), version));
        }

        Set<String> theirs = debsecan(known, installed);
        Set<String> ours = berth(known, installed);

        System.out.println("debsecan and Berth find " + theirs.size() + " and " + ours.size() + " vulnerabilities in "
                + installed.size() + " packages, with " + known.size() + " advisories");
        assertThat(theirs).hasSizeGreaterThan(3_000).hasSizeLessThan(ADVISORIES * 2);
        assertThat(ours).isEqualTo(theirs);
    }

    private static String source(int number) {
        return "source-" + number;
    }

    private String version() {
        return VERSIONS.get(random.nextInt(VERSIONS.size()));
    }

    private Set<String> berth(List<Known> all, List<Installed> installed) throws IOException {
        Database database = new Database(dir);
        List<Osv> advisories = new ArrayList<>();
        for (Known known : all) {
            Osv advisory = Osv.of("DEBIAN-" + known.id()).names("upstream", known.id());
            advisories.add(
                    known.fixed().isPresent()
                            ? advisory.range(
                                    "Debian:13",
                                    known.source(),
                                    "introduced",
                                    "0",
                                    "fixed",
                                    known.fixed().get())
                            : advisory.range("Debian:13", known.source(), "introduced", "0"));
        }
        Database.zip(database.sources().resolve("Debian/all.zip"), advisories);
        database.index().build(List.of(database.sources()));
        ScanReport report = database.report(
                Optional.of(Database.DEBIAN),
                installed.stream().map(Installed::found).toArray(FoundPackage[]::new));
        assertThat(report.gaps()).isEmpty();
        for (Finding finding : report.findings()) {
            assertThat(finding.fixedVersion())
                    .isEqualTo(all.stream()
                            .filter(known -> known.id().equals(finding.id()))
                            .findFirst()
                            .orElseThrow()
                            .fixed());
        }
        return report.findings().stream()
                .map(finding -> finding.id() + " " + finding.packageName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Its file has three parts: the names, what is known of each source, and the binaries of each source. */
    private Set<String> debsecan(List<Known> all, List<Installed> installed) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder("VERSION 1\n");
        all.forEach(known -> text.append(known.id()).append(",,something\n"));
        text.append('\n');
        for (int i = 0; i < all.size(); i++) {
            Known known = all.get(i);
            text.append(known.source()).append(',').append(i).append(",S  ");
            text.append(known.fixed().isPresent() ? "F," : " ,");
            text.append(known.fixed().orElse("")).append(",\n");
        }
        text.append('\n');
        Path served = Files.createDirectories(dir.resolve("debsecan"));
        try (OutputStream out = new DeflaterOutputStream(Files.newOutputStream(served.resolve("trixie")))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        StringBuilder status = new StringBuilder();
        for (Installed one : installed) {
            status.append("Package: ").append(one.name()).append("\nStatus: install ok installed\nSource: ");
            status.append(one.source()).append(" (").append(one.sourceVersion()).append(")\nVersion: ");
            status.append(one.version()).append("\nArchitecture: amd64\n\n");
        }
        Path file = Files.writeString(dir.resolve("status"), status);
        String printed = new Programs(dir)
                .run(
                        "debsecan",
                        "--config=/dev/null",
                        "--whitelist=" + dir.resolve("none"),
                        "--source",
                        served.toUri().toString(),
                        "--suite",
                        "trixie",
                        "--status",
                        file.toString(),
                        "--format",
                        "simple");
        return printed.lines().collect(Collectors.toCollection(TreeSet::new));
    }
}
