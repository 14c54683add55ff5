package dev.berth.registry.scan.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebianOrderTest {
    private static final VersionOrder ORDER = VersionOrder.of("Debian:13").orElseThrow();
    private static final int PAIRS = 40_000;
    private static final int PAIRS_OF_DPKG = 600;

    @TempDir
    private Path dir;

    /** @param large a number: Perl knows 15 digits exactly */
    private static List<Versions.Pair> pairs(int count, String large) {
        // A version begins with a digit, and what is behind the last hyphen is never empty.
        return Versions.of(
                        15, 8, "0", "1", "2", "10", "09", "007", ".", ".", "+", "~", "~", "-", "a", "b", "rc", "deb",
                        "u", "dfsg", "Z", large, "~~", "+b1")
                .pairs(count)
                .stream()
                .map(pair -> new Versions.Pair(valid(pair.first()), valid(pair.second())))
                .toList();
    }

    private static String valid(String version) {
        String epoch = version.length() % 5 == 0 ? "1:" : version.length() % 7 == 0 ? "0:" : "";
        return epoch + "1" + version + (version.endsWith("-") ? "0" : "");
    }

    @Test
    void agreesWithTheVersionsOfDpkgsPerlLibrary() throws Exception {
        Programs.require("perl");
        Programs programs = new Programs(dir);
        programs.requireLibrary("Perl's Dpkg::Version (libdpkg-perl)", "perl", "-MDpkg::Version", "-e", "1");
        List<Versions.Pair> pairs = pairs(PAIRS, "99");
        Path input = Versions.write(dir, pairs, '\t');

        String answers = programs.run(
                "perl",
                "-MDpkg::Version",
                "-nle",
                "my ($a, $b) = split /\\t/; my $o = version_compare($a, $b);"
                        + " print $o < 0 ? '<' : $o > 0 ? '>' : '='",
                input.toString());

        Agreement.check("Dpkg::Version", ORDER, pairs, answers.lines().toList());
    }

    @Test
    void agreesWithDpkg() throws Exception {
        Programs.require("dpkg", "sh");
        List<Versions.Pair> pairs = pairs(PAIRS_OF_DPKG, "99999999999999999999");
        List<String> script = new ArrayList<>();
        for (Versions.Pair pair : pairs) {
            script.add(
                    "if dpkg --compare-versions '" + pair.first() + "' lt '" + pair.second() + "'; then echo '<'; elif"
                            + " dpkg --compare-versions '" + pair.first() + "' eq '" + pair.second()
                            + "'; then echo =; else echo '>'; fi");
        }
        Path input = Files.write(dir.resolve("script"), script);

        String answers = new Programs(dir).run("sh", input.toString());

        Agreement.check("dpkg", ORDER, pairs, answers.lines().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "1.0~rc1, 1.0",
        "1.0, 1.0+b1",
        "1.0-1, 1.0-1+deb13u1",
        "1.9, 1.10",
        "2.0, 1:1.0",
        "1.0~~, 1.0~",
        "1.0a, 1.0+",
        "1.2-3, 1.2-3.1"
    })
    void firstIsLower(String lower, String higher) {
        assertThat(ORDER.compare(lower, higher)).isNegative();
        assertThat(ORDER.compare(higher, lower)).isPositive();
    }

    @Test
    void noRevisionIsRevisionZero() {
        assertThat(ORDER.compare("0:1.0", "1.0-0")).isZero();
    }
}
