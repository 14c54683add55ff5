package dev.berth.registry.scan.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.fixtures.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.semver4j.Semver;

class SemanticOrderTest {
    private static final VersionOrder ORDER = VersionOrder.of("npm").orElseThrow();
    private static final int PAIRS = 50_000;
    private static final Pattern MIXED = Pattern.compile("[a-zA-Z][0-9]|[0-9][a-zA-Z]");
    private static final String COMPARE = """
            const semver = require(process.argv[1]);
            const lines = require('fs').readFileSync(process.argv[2], 'utf8').trim().split('\\n');
            for (const line of lines) {
                const [a, b] = line.split(' ');
                const valid = semver.valid(a) && semver.valid(b);
                console.log(!valid ? '?' : '=><'.at(semver.compare(a, b)));
            }
            """;

    @TempDir
    private Path dir;

    /** Of identifiers without digits: semver4j takes {@code rc9} for lower than {@code rc10}, unlike the specification. */
    @Test
    void agreesWithSemver4j() {
        List<Versions.Pair> pairs = pairs("1.", "2.", "10.", "a", "B", "rc", ".");

        List<String> signs = pairs.stream()
                .map(pair -> {
                    Semver first = Semver.parse(pair.first());
                    Semver second = Semver.parse(pair.second());
                    return first == null || second == null || mixes(pair)
                            ? "?"
                            : Versions.sign(first.compareTo(second));
                })
                .toList();

        Agreement.check("semver4j", ORDER, pairs, signs);
    }

    private static boolean mixes(Versions.Pair pair) {
        return MIXED.matcher(pair.first() + "." + pair.second()).find();
    }

    @Test
    void agreesWithNpm() throws Exception {
        Programs.require("npm", "node");
        Programs programs = new Programs(dir);
        List<Versions.Pair> pairs = pairs("1", "2", "10", "a", "B", "rc", "-", ".", ".", "x1", "1x");
        Path input = Versions.write(dir, pairs, ' ');
        String semver = programs.run("npm", "root", "-g").strip() + "/npm/node_modules/semver";
        assumeTrue(Files.isDirectory(Path.of(semver)), "this npm does not come with its module semver");

        String answers = programs.run("node", "-e", COMPARE, semver, input.toString());

        Agreement.check("npm's semver", ORDER, pairs, answers.lines().toList());
    }

    private static List<Versions.Pair> pairs(String... pieces) {
        Random random = new Random(15);
        return Versions.of(15, 5, pieces).pairs(PAIRS).stream()
                .map(pair -> new Versions.Pair(valid(pair.first(), random), valid(pair.second(), random)))
                .toList();
    }

    /** A pre-release, mostly of the same numbers. Identifiers are not empty. */
    private static String valid(String preRelease, Random random) {
        String identifiers = (preRelease + ".1").replaceAll("\\.\\.+", ".").replaceAll("^\\.", "");
        String numbers = random.nextInt(8) == 0 ? "1.10." + random.nextInt(12) : "1.2.3";
        return numbers + (random.nextInt(8) == 0 ? "" : "-" + identifiers);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0-alpha, 1.0.0-alpha.1",
        "1.0.0-alpha.1, 1.0.0-alpha.beta",
        "1.0.0-beta.2, 1.0.0-beta.11",
        "1.0.0-rc.1, 1.0.0",
        "1.9.0, 1.10.0",
        "0, 0.0.1-0",
        "1.0.0, 18446744073709551616.0.0",
        "not-a-version, 0.0.0-0"
    })
    void firstIsLower(String lower, String higher) {
        assertThat(ORDER.compare(lower, higher)).isNegative();
        assertThat(ORDER.compare(higher, lower)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.2.0", "1.2", "1.2.0+build.7", "=1.2.0"})
    void isTheSameVersion(String version) {
        assertThat(ORDER.compare(version, "1.2.0")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "v0.0.0-20180101000000-aaaaaaaaaaaa, v0.0.0-20190101000000-0123456789ab",
        "v1.2.3, v1.2.4-0.20190101000000-0123456789ab",
        "v1.2.4-0.20190101000000-0123456789ab, v1.2.4",
        "v1.2.4-pre, v1.2.4-pre.0.20190101000000-0123456789ab",
        "go1.21.9, go1.22rc1",
        "1.22.0-rc.1, go1.22",
        "go1.22rc1, go1.22rc2",
        "1.22.0, go1.22.1"
    })
    void firstIsLowerInGo(String lower, String higher) {
        VersionOrder go = VersionOrder.of("Go").orElseThrow();
        assertThat(go.compare(lower, higher)).isNegative();
        assertThat(go.compare(higher, lower)).isPositive();
    }

    @Test
    void anIncompatibleModuleHasTheOrderOfItsNumbers() {
        VersionOrder go = VersionOrder.of("Go").orElseThrow();
        assertThat(go.compare("v2.0.0+incompatible", "2.0.0")).isZero();
    }
}
