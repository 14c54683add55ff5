package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.registry.Platform;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.fixtures.ChildJvm;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine does to a build: locale, rights, memory. */
class SurroundingsTest {

    @TempDir
    Path dir;

    /** Pushes the content of a directory as an image and prints what came of it. */
    static final class Push {
        public static void main(String[] args) {
            try {
                Layer layer = Layer.builder().contentOf("/", Path.of(args[0])).build();
                ImageBuilder.fromScratch(Platform.of("linux", "amd64"))
                        .layer(layer)
                        .pushTo(Registries.empty(), RepositoryName.parse("app"));
                System.out.println("pushed");
            } catch (ImageBuildException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    /** Otherwise the name, and the digest, would depend on the locale. */
    @Test
    void aNameThatTheLocaleCannotReadIsRefused() throws Exception {
        String touch = "printf x > \"" + dir + "/$(printf 'na\\303\\257ve')\"; ";

        assertThat(ChildJvm.run(touch + "export LC_ALL=C", "-Xmx64m", Push.class, dir.toString()))
                .startsWith("refused: ")
                .contains("run Java with a UTF-8 locale");
        assertThat(ChildJvm.run("export LC_ALL=C.UTF-8", "-Xmx64m", Push.class, dir.toString()))
                .isEqualTo("pushed\n");
    }

    /** Root may read everything, unless it gives that up. */
    @Test
    void aDirectoryThatMayNotBeReadIsNamed() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/setpriv")))
                .as("setpriv is installed")
                .isTrue();
        assumeThat(System.getProperty("user.name")).as("the tests run as root").isEqualTo("root");
        Path closed = Files.createDirectory(dir.resolve("closed"));
        String withoutRights = "chmod 0 '" + closed
                + "'; set -- setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-all \"$@\"";

        assertThat(ChildJvm.run(withoutRights, "-Xmx64m", Push.class, dir.toString()))
                .startsWith("refused: ")
                .contains("'" + closed + "' may not be read");
    }

    @Test
    void aLayerIsNeverHeldInMemory() throws Exception {
        for (String name : new String[] {"one", "two"}) {
            try (RandomAccessFile file = new RandomAccessFile(dir.resolve(name).toFile(), "rw")) {
                file.setLength(100L << 20);
            }
        }

        assertThat(ChildJvm.run(":", "-Xmx32m", Push.class, dir.toString())).isEqualTo("pushed\n");
    }
}
