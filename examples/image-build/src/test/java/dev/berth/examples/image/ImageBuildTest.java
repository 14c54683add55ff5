package dev.berth.examples.image;

import static dev.berth.registry.testing.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.testing.HttpMethod;
import dev.berth.registry.testing.RegistryExtension;
import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ImageBuildTest {
    @RegisterExtension
    RegistryExtension extension = RegistryExtension.of(TestRegistry.builder().image("debian:13", TestImages.empty()));

    @TempDir
    Path dir;

    private TestRegistry registry;

    @BeforeEach
    void prepare(TestRegistry injected) throws IOException {
        registry = injected;
        Files.writeString(Files.createDirectory(dir.resolve("java")).resolve("release"), "17");
        Files.writeString(Files.createDirectory(dir.resolve("lib")).resolve("library.jar"), "jar");
        Files.writeString(Files.createDirectory(dir.resolve("classes")).resolve("Main.class"), "1");
    }

    private String reference(String image) {
        return registry.reference(image).toString();
    }

    private int buildRuntime() {
        return ImageBuild.run(
                "runtime",
                reference("debian:13"),
                "linux/amd64",
                dir.resolve("java").toString(),
                reference("java:17"));
    }

    private int buildApplication(String tag) {
        return ImageBuild.run(
                "application",
                reference("java:17"),
                "linux/amd64",
                dir.resolve("lib").toString(),
                dir.resolve("classes").toString(),
                "com.example.Main",
                reference("app:" + tag));
    }

    private List<Descriptor> layers(String name, String tag) {
        Repository repository = registry.registry().repository(RepositoryName.parse(name));
        ManifestSelector selector = Tag.of(tag);
        return ((ImageManifest) ManifestDocument.parse(repository.manifests().get(selector))).layers();
    }

    @Test
    void theLayersOfTheRuntimeComeFirstAndTheClassesLast() {
        assertThat(buildRuntime()).isZero();
        assertThat(buildApplication("1")).isZero();

        assertThat(layers("java", "17")).hasSize(1);
        assertThat(layers("app", "1"))
                .hasSize(3)
                .startsWith(layers("java", "17").get(0));
    }

    @Test
    void aNewBuildChangesTheLayerOfTheClassesOnly() throws IOException {
        buildRuntime();
        buildApplication("1");
        Files.writeString(dir.resolve("classes/Main.class"), "2");

        assertThat(buildApplication("2")).isZero();

        assertThat(layers("app", "2"))
                .startsWith(layers("app", "1").get(0), layers("app", "1").get(1));
        assertThat(layers("app", "2").get(2)).isNotEqualTo(layers("app", "1").get(2));
        assertThat(registry).hasTag("app", "2");
    }

    @Test
    void theSameFilesGiveTheSameImage() {
        buildRuntime();
        buildApplication("1");
        buildApplication("2");

        assertThat(registry)
                .hasTag("app", "2")
                .withDigest(registry.registry()
                        .repository(RepositoryName.parse("app"))
                        .tags()
                        .resolve(Tag.of("1"))
                        .orElseThrow()
                        .digest()
                        .toString());
    }

    @Test
    void mistakesAreTold() {
        assertThat(ImageBuild.run()).isEqualTo(2);
        assertThat(ImageBuild.run("runtime", "UPPER", "linux/amd64", dir.toString(), reference("java:17")))
                .isEqualTo(1);
        assertThat(ImageBuild.run(
                        "runtime", reference("debian:13"), "linux/arm64", dir.toString(), reference("java:17")))
                .isEqualTo(1);
        assertThat(ImageBuild.run("runtime", reference("none:13"), "linux/amd64", dir.toString(), reference("java:17")))
                .isEqualTo(1);
        assertThat(registry.journal().entries(HttpMethod.PUT, "/v2/java/manifests/*"))
                .isEmpty();
    }
}
