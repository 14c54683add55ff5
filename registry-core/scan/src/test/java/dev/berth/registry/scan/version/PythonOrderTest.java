package dev.berth.registry.scan.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Programs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonOrderTest {
    private static final VersionOrder ORDER = VersionOrder.of("PyPI").orElseThrow();
    private static final int PAIRS = 60_000;
    private static final String COMPARE = """
            import sys
            from packaging.version import Version, InvalidVersion
            def read(text):
                try:
                    return Version(text)
                except InvalidVersion:
                    return None
            for line in open(sys.argv[1]):
                first, second = (read(text) for text in line.rstrip('\\n').split('\\t'))
                if first is None or second is None:
                    print('?' if first is second else '<' if first is None else '>')
                else:
                    print('<' if first < second else '>' if first > second else '=')
            """;

    @TempDir
    private Path dir;

    @Test
    void agreesWithPackaging() throws Exception {
        Programs.require("python3");
        Programs programs = new Programs(dir);
        programs.requireLibrary("Python's packaging (python3-packaging)", "python3", "-c", "import packaging.version");
        List<Versions.Pair> pairs = Versions.of(
                        15,
                        6,
                        "0",
                        "1",
                        "2",
                        "10",
                        "09",
                        ".",
                        ".",
                        "-",
                        "_",
                        "a",
                        "b",
                        "c",
                        "rc",
                        "alpha",
                        "beta",
                        "preview",
                        "post",
                        "rev",
                        "r",
                        ".dev",
                        "dev",
                        "+",
                        "x",
                        "0!",
                        "1!",
                        "99999999999999999999",
                        ".post1",
                        "a1",
                        "RC2")
                .pairs(PAIRS)
                .stream()
                .map(pair -> new Versions.Pair("1" + pair.first(), "1" + pair.second()))
                .toList();
        Path input = Versions.write(dir, pairs, '\t');

        String answers = programs.run("python3", "-c", COMPARE, input.toString());

        // A version is higher than what is none: that is the order of ours, and what it takes for one is checked so,
        // too.
        Agreement.check("packaging", ORDER, pairs, answers.lines().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.dev1, 1.0a1",
        "1.0a1.dev1, 1.0a1",
        "1.0a1, 1.0b1",
        "1.0b2, 1.0rc1",
        "1.0rc1, 1.0",
        "1.0, 1.0+local",
        "1.0+local, 1.0.post1.dev1",
        "1.0.post1.dev1, 1.0.post1",
        "2026.1, 1!0.1",
        "1.9, 1.10",
        "french toast, 0.dev0"
    })
    void firstIsLower(String lower, String higher) {
        assertThat(ORDER.compare(lower, higher)).isNegative();
        assertThat(ORDER.compare(higher, lower)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0.0", "1.0-1, 1.0.post1", "1.0alpha, 1.0a0", "v1.0, 1.0", "1.0_RC.1, 1.0c1"})
    void bothAreEqual(String first, String second) {
        assertThat(ORDER.compare(first, second)).isZero();
    }
}
