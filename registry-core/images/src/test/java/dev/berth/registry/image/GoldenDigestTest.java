package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.registry.fixtures.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The digests that everybody gets. A change of these breaks the promise that the same input gives the same image: if a
 * newer library makes it necessary, say so in the release notes. CI runs this on each JDK.
 */
class GoldenDigestTest {
    private static final Map<String, String> GOLDEN = Map.of(
            "plain", "sha256:d99422441d904c05fa5eeea277bcb10ebd69bebcd9feda4b00500b4bc4018b5c",
            "gzip 1", "sha256:c542b33ebf7daee2b5ce3d5922932fa8a14b1a5862aed76ed96fe6f3104725ef",
            "gzip 6", "sha256:0f12c21ea8afb9f94fd6364026277f68404d0cc620a2cb6a38f408782d998af0",
            "gzip 9", "sha256:3f5f2438d709af670aa3989ba773fe7b760d436da0b8b5405e69f8c0cae10e96",
            "zstd 3", "sha256:6c69d563f79493e24461427e588750a6bce198e1badc6c657a2848d46d18627f",
            "docker", "sha256:e2479b669780abb585fa679ec8c0528f9cf88c1b40a2c844ff0aaf84bb568bd7",
            "index", "sha256:25b5e80559ae480267492eaab3a4388f30ef24d5b7696f5156ce73a9717d4a24",
            "artifact", "sha256:8299076a77a979dda66d3f8ce1c14c9b6181cdc828c88db0bddbd7df0318540b");

    @TempDir
    Path dir;

    @Test
    void theSameInputGivesTheSameDigests() throws IOException {
        assertThat(new GoldenBuild(dir).digests()).containsExactlyInAnyOrderEntriesOf(GOLDEN);
    }

    @Test
    void digestsDoNotDependOnTimeZoneUmaskLocaleOrProcessors() throws Exception {
        assertThat(run("umask 077; export TZ=Pacific/Kiritimati LC_ALL=C", "-XX:ActiveProcessorCount=1", "a"))
                .containsExactlyInAnyOrderEntriesOf(GOLDEN);
        assertThat(run("umask 000; export TZ=America/New_York LC_ALL=C.UTF-8", "-XX:ActiveProcessorCount=8", "b"))
                .containsExactlyInAnyOrderEntriesOf(GOLDEN);
    }

    /** As .ci/run finds them: from 17 on, for which this is compiled. */
    static List<Path> javasOfThisMachine() throws IOException {
        Path homes = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(homes)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(homes)) {
            return found.filter(home -> !Files.isSymbolicLink(home)
                            && Files.isExecutable(home.resolve("bin/java"))
                            && Files.isReadable(home.resolve("release")))
                    .filter(home -> version(home) >= 17)
                    .sorted()
                    .toList();
        }
    }

    private static int version(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .mapToInt(line -> Integer.parseInt(line.replaceAll("[^0-9]*([0-9]*).*", "$1")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyJavaGivesTheSameDigests() throws Exception {
        List<Path> homes = javasOfThisMachine();
        assumeThat(homes).as("other Javas are installed under /usr/lib/jvm").hasSizeGreaterThan(1);
        for (Path home : homes) {
            String printed = ChildJvm.runWith(
                    home,
                    GoldenBuild.class,
                    dir.resolve(home.getFileName().toString()).toString());

            assertThat(parse(printed)).as(home.toString()).containsExactlyInAnyOrderEntriesOf(GOLDEN);
        }
    }

    private Map<String, String> run(String surroundings, String option, String scratch) throws Exception {
        return parse(ChildJvm.run(
                surroundings, option, GoldenBuild.class, dir.resolve(scratch).toString()));
    }

    private static Map<String, String> parse(String printed) {
        return printed.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }
}
