package dev.berth.registry.scan.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Programs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmOrderTest {
    private static final VersionOrder ORDER =
            VersionOrder.of("Red Hat:enterprise_linux:9").orElseThrow();
    private static final int PAIRS = 40_000;

    @TempDir
    private Path dir;

    @Test
    void agreesWithRpm() throws Exception {
        Programs.require("rpm");
        List<Versions.Pair> pairs = Versions.of(
                        15,
                        8,
                        "0",
                        "1",
                        "2",
                        "10",
                        "09",
                        "007",
                        ".",
                        ".",
                        "+",
                        "~",
                        "~",
                        "^",
                        "_",
                        "a",
                        "b",
                        "rc",
                        "el9",
                        "Z",
                        "99999999999999999999",
                        "git")
                .pairs(PAIRS)
                .stream()
                .map(pair -> new Versions.Pair(valid(pair.first()), valid(pair.second())))
                .toList();
        Path input = Versions.write(dir, pairs, ' ');

        String answers = new Programs(dir)
                .run(
                        "rpm",
                        "--eval",
                        "%{lua: for line in io.lines('" + input + "') do local a, b = line:match('(%S+) (%S+)')"
                                + " local o = rpm.vercmp(a, b)"
                                + " print(o < 0 and '<\\n' or o > 0 and '>\\n' or '=\\n') end}");

        Agreement.check(
                "rpm",
                ORDER,
                pairs,
                answers.lines().filter(line -> !line.isEmpty()).toList());
    }

    /** With a release, since rpm takes a version for equal with and without one. */
    private static String valid(String version) {
        String epoch = version.length() % 5 == 0 ? "1:" : version.length() % 7 == 0 ? "0:" : "";
        int middle = version.length() / 2;
        return epoch + "1" + version.substring(0, middle) + "-1" + version.substring(middle);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0~rc1-1, 1.0-1",
        "1.0-1, 1.0^20260101-1",
        "1.0^20260101-1, 1.0.1-1",
        "1.9-1, 1.10-1",
        "2.0-1, 1:1.0-1",
        "1.0.a-1, 1.0.1-1",
        "1.0, 1.0-1",
        "1.0-1.el9, 1.0-1.el9_2"
    })
    void firstIsLower(String lower, String higher) {
        assertThat(ORDER.compare(lower, higher)).isNegative();
        assertThat(ORDER.compare(higher, lower)).isPositive();
    }

    @Test
    void separatorsAndLeadingZerosDoNotCount() {
        assertThat(ORDER.compare("1.01-1", "0:1_1-01")).isZero();
    }
}
