package dev.berth.registry.scan.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MavenOrderTest {
    private static final VersionOrder ORDER = VersionOrder.of("Maven").orElseThrow();
    private static final int PAIRS = 100_000;

    @Test
    void agreesWithMaven() {
        List<Versions.Pair> pairs = Versions.of(
                        15,
                        8,
                        "0",
                        "1",
                        "2",
                        "10",
                        "09",
                        ".",
                        ".",
                        "-",
                        "-",
                        "a",
                        "b",
                        "m",
                        "rc",
                        "cr",
                        "alpha",
                        "ga",
                        "final",
                        "release",
                        "sp",
                        "snapshot",
                        "jre",
                        "x",
                        "Z",
                        "99999999999",
                        "99999999999999999999",
                        "_",
                        "+")
                .pairs(PAIRS);

        List<String> signs = pairs.stream()
                .map(pair -> Versions.sign(
                        new ComparableVersion(pair.first()).compareTo(new ComparableVersion(pair.second()))))
                .toList();

        Agreement.check("ComparableVersion", ORDER, pairs, signs);
    }

    @ParameterizedTest
    @CsvSource({
        "1-alpha-1, 1-beta-1",
        "1.0-rc1, 1.0-SNAPSHOT",
        "1.0-SNAPSHOT, 1.0",
        "1.0, 1.0-sp",
        "1.0-sp, 1.0-jre",
        "1.9, 1.10",
        "1-1, 1.1",
        "2.0.0.RELEASE, 2.0.1.RELEASE"
    })
    void firstIsLower(String lower, String higher) {
        assertThat(ORDER.compare(lower, higher)).isNegative();
        assertThat(ORDER.compare(higher, lower)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0.0", "1.0.ga, 1", "1-a1, 1-alpha-1", "1.0.Final, 1.0", "1-cr1, 1-rc1"})
    void bothAreEqual(String first, String second) {
        assertThat(ORDER.compare(first, second)).isZero();
    }
}
