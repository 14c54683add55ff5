package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples of real databases; what is said of them here was read in them by people. */
class RealAdvisoriesTest {
    @TempDir
    private Path dir;

    private Database database;
    private AdvisoryFacts facts;

    @BeforeEach
    void build() throws IOException {
        database = new Database(dir);
        facts = database.index().build(List.of(Samples.golang(), Samples.python()));
    }

    private List<Finding> findings(PackageType type, String name, String version) {
        return database.findings(Database.of(type, name, version));
    }

    @Test
    void allOfThemAreRead() {
        assertThat(facts.rejected()).isZero();
        assertThat(facts.ignored()).isZero();
        assertThat(facts.count("Go")).isEqualTo(99);
        assertThat(facts.count("PyPI")).isGreaterThan(40);
        assertThat(facts.withdrawn()).isEqualTo(1);
        assertThat(facts.newest())
                .hasValueSatisfying(newest -> assertThat(newest)
                        .isBetween(Instant.parse("2021-01-01T00:00:00Z"), Instant.parse("2024-12-31T00:00:00Z")));
    }

    @Test
    void aModuleIsAffectedUnderEachOfItsCves() {
        Finding finding =
                findings(PackageType.GOLANG, "go.etcd.io/etcd", "v0.4.9").get(0);

        assertThat(finding.id()).isEqualTo("CVE-2020-15106");
        assertThat(finding.aliases())
                .contains("CVE-2020-15112", "GHSA-m332-53r6-2w93", "GHSA-p4g4-wgrh-qrg2", "GO-2020-0005");
    }

    @Test
    void aWithdrawnOneIsNotFound() {
        assertThat(findings(PackageType.GOLANG, "github.com/gravitational/teleport", "v1.0.0"))
                .isEmpty();
    }

    /** What a database lists as single versions is found, whether or not a range has it. */
    @Test
    void everyVersionThatIsListedIsAffected() throws IOException {
        List<FoundPackage> packages = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        try (Stream<Path> sample = Files.list(Samples.python())) {
            for (Path file : sample.sorted().toList()) {
                JsonNode advisory = new JsonMapper().readTree(file.toFile());
                for (JsonNode affected : advisory.path("affected")) {
                    String name = affected.path("package").path("name").asText();
                    for (JsonNode version : affected.path("versions")) {
                        packages.add(Database.of(PackageType.PYPI, name, version.asText()));
                        expected.add(advisory.path("id").asText() + " " + name + " " + version.asText());
                    }
                }
            }
        }
        ScanReport report = database.report(Optional.empty(), packages.toArray(FoundPackage[]::new));

        assertThat(expected).hasSizeGreaterThan(1_000);
        assertThat(report.findings().stream()
                        .flatMap(finding -> Stream.concat(Stream.of(finding.id()), finding.aliases().stream())
                                .map(name -> name + " " + finding.packageName() + " " + finding.version())))
                .containsAll(expected);
    }
}
