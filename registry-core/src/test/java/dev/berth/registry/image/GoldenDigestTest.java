package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The digests that everybody gets. A change of these breaks the promise that the same input gives the same image: if a
 * newer library makes it necessary, say so in the release notes. CI runs this on each JDK.
 */
class GoldenDigestTest {
    private static final Map<String, String> GOLDEN = Map.of(
            "plain", "sha256:d99422441d904c05fa5eeea277bcb10ebd69bebcd9feda4b00500b4bc4018b5c",
            "gzip 1", "sha256:8fdedf450a8bb43890be74aeafaed504597120a0b499066cfb8306c4be39222d",
            "gzip 6", "sha256:183766e722216617ce45e32f9214c9f1df6a6e91aa4197369076aaeb2c89a114",
            "gzip 9", "sha256:bb872127ed37e255731581d8eccacd93d17792385c0525a9652ae5828374ce2c",
            "zstd 3", "sha256:6c69d563f79493e24461427e588750a6bce198e1badc6c657a2848d46d18627f",
            "docker", "sha256:a7fcf5910604c9d778883a43c2231b37d3e6f4cae1ef7853c0c487dca4dcbe8c",
            "index", "sha256:86fc3e648c647f752749f7dfb12f9ae9d636ab174838fe3e0a393faa5bddd8c4",
            "artifact", "sha256:726eb88ddfb58345e1d051d3318537f808cf427ff7d48e4cb0e35dcd9a50ae0c");

    @TempDir
    Path dir;

    @Test
    void theSameInputGivesTheSameDigests() throws IOException {
        assertThat(new GoldenBuild(dir).digests()).containsExactlyInAnyOrderEntriesOf(GOLDEN);
    }

    @Test
    void neitherTimeZoneNorUmaskNorLocaleNorProcessorsMatter() throws Exception {
        assertThat(run("umask 077; export TZ=Pacific/Kiritimati LC_ALL=C", "-XX:ActiveProcessorCount=1", "a"))
                .containsExactlyInAnyOrderEntriesOf(GOLDEN);
        assertThat(run("umask 000; export TZ=America/New_York LC_ALL=C.UTF-8", "-XX:ActiveProcessorCount=8", "b"))
                .containsExactlyInAnyOrderEntriesOf(GOLDEN);
    }

    private Map<String, String> run(String surroundings, String option, String scratch) throws Exception {
        return ChildJvm.run(
                        surroundings,
                        option,
                        GoldenBuild.class,
                        dir.resolve(scratch).toString())
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }
}
