package dev.berth.examples.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.testing.RegistryExtension;
import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ServerImageTest {
    private static final Platform PLATFORM = Platform.parse("linux/amd64");
    private static final RepositoryName NAME = RepositoryName.parse("berth");

    @RegisterExtension
    RegistryExtension extension = RegistryExtension.of(
            TestRegistry.builder().image("debian:13", TestImages.withFiles(Map.of("/lib/libc.so.6", "a library"))));

    @TempDir
    Path directory;

    private TestRegistry registry;
    private Path runtime;
    private Path jar;

    @BeforeEach
    void prepare(TestRegistry injected) throws IOException {
        registry = injected;
        runtime = Files.createDirectories(directory.resolve("java/bin"));
        Files.writeString(runtime.resolve("java"), "a program");
        jar = Files.writeString(directory.resolve("berth.jar"), "1");
    }

    private ImageManifest push(ImageBuilder base, String version) throws IOException {
        Descriptor pushed = ServerImage.on(base, runtime.getParent(), jar, version)
                .pushTo(registry.registry(), NAME, Tag.parse(version));
        return (ImageManifest) ManifestDocument.parse(
                registry.registry().repository(NAME).manifests().get(pushed.digest()));
    }

    private static ImageBuilder nothing() {
        return ImageBuilder.fromScratch(PLATFORM);
    }

    @Test
    void runsAsSomebodyWhoIsNotRoot() throws IOException {
        ImageManifest manifest = push(nothing(), "1.0");
        byte[] json = registry.registry()
                .repository(NAME)
                .blobs()
                .open(manifest.config().digest())
                .readAllBytes(100_000);

        assertThat(ImageConfig.parse(json).platform()).isEqualTo(PLATFORM);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .contains("\"User\":\"65532:65532\"", "\"5000/tcp\"", "\"/var/lib/registry\"", "\"SIGTERM\"");
        assertThat(manifest.annotations())
                .containsEntry("org.opencontainers.image.version", "1.0")
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0");
    }

    @Test
    void aNewVersionIsOneNewLayer() throws IOException {
        List<Descriptor> old = push(nothing(), "1.0").layers();
        Files.writeString(jar, "2");

        List<Descriptor> layers = push(nothing(), "1.1").layers();

        assertThat(layers).hasSize(3).startsWith(old.get(0), old.get(1));
        assertThat(layers.get(2)).isNotEqualTo(old.get(2));
    }

    @Test
    void theSameFilesGiveTheSameImage() throws IOException {
        assertThat(push(nothing(), "1.0")).isEqualTo(push(nothing(), "1.0"));
    }

    @Test
    void standsOnABaseImageOfAnyRegistry() throws IOException {
        Reference base = registry.reference("debian:13");
        List<Descriptor> below = ((ImageManifest) ManifestDocument.parse(registry.registry()
                        .repository(RepositoryName.parse("debian"))
                        .manifests()
                        .get(Tag.parse("13"))))
                .layers();

        List<Descriptor> layers = push(ImageBuilder.from(base), "1.0").layers();

        assertThat(layers).hasSize(below.size() + 3).startsWith(below.toArray(Descriptor[]::new));
    }

    @Test
    void aCommandLineWithoutAJarIsAMistake() {
        assertThat(ContainerBuild.run()).isEqualTo(2);
    }
}
