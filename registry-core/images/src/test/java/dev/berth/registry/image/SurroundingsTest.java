package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.fixtures.ChildJvm;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                boolean zstd = args.length > 1 && args[1].equals("zstd");
                ImageBuilder.fromScratch(Platform.of("linux", "amd64"))
                        .layer(layer)
                        .compression(zstd ? Compression.zstd() : Compression.gzip())
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
    void aLibraryThatIsMissingIsNamedWhenItIsNeeded() throws Exception {
        String tree = dir.toString();

        assertThat(ChildJvm.runWithout(List.of("commons-compress"), Push.class, tree))
                .startsWith("refused: Building a layer needs org.apache.commons:commons-compress");
        assertThat(ChildJvm.runWithout(List.of("zstd-jni"), Push.class, tree, "zstd"))
                .startsWith("refused: Compressing with ZSTD needs com.github.luben:zstd-jni");
        assertThat(ChildJvm.runWithout(List.of("zstd-jni"), Push.class, tree)).isEqualTo("pushed\n");
    }

    /** Who builds no layers needs none of the optional libraries. */
    static final class WithoutLayers {
        public static void main(String[] args) {
            Registry registry = Registries.empty();
            RepositoryName name = RepositoryName.parse("app");
            Descriptor image =
                    ImageBuilder.fromScratch(Platform.of("linux", "amd64")).pushTo(registry, name);
            ArtifactBuilder.of("application/vnd.example.thing").subject(image).pushTo(registry, name);
            System.out.println(
                    ManifestDocument.parse(registry.repository(name).manifests().get(image.digest()))
                            .mediaType());
        }
    }

    @Test
    void buildingWithoutLayersNeedsNoOptionalLibrary() throws Exception {
        assertThat(ChildJvm.runWithout(List.of("commons-compress", "zstd-jni"), WithoutLayers.class))
                .isEqualTo(MediaTypes.OCI_MANIFEST + "\n");
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
