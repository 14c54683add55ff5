package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ResolvedImage;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamedTargetTest {
    private static final Platform AMD64 = Platform.parse("linux/amd64");

    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final RegistryServer server =
            RegistryServer.builder(registry).listen("127.0.0.1", 0).build();
    private String host = "";

    @BeforeEach
    void start() throws IOException {
        server.start();
        host = server.uri().getAuthority();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Layer layer(String name) {
        return Layer.builder().bytes(name, "x".getBytes(StandardCharsets.UTF_8)).build();
    }

    private static ImageBuilder base() {
        return ImageBuilder.fromScratch(AMD64).layer(layer("base"));
    }

    private Descriptor stored(String image) {
        return ImageLocation.of(registry, image).find().orElseThrow();
    }

    @Test
    void anImageIsPushedToAReferenceOnTopOfAReference() {
        Descriptor base = base().remoteOptions(RemoteOptions.defaults()).pushTo(host + "/team/base:1");
        Descriptor app = ImageBuilder.from(Reference.parse(host + "/team/base:1"), AMD64)
                .remoteOptions(RemoteOptions.defaults())
                .layer(layer("app"))
                .pushTo(host + "/team/app:1.0");

        assertThat(stored("team/base:1").digest()).isEqualTo(base.digest());
        assertThat(stored("team/app:1.0").digest()).isEqualTo(app.digest());
        assertThat(ResolvedImage.of(ImageLocation.of(registry, "team/app:1.0")).layers())
                .hasSize(2);
    }

    @Test
    void anImageIsPushedToALocation() {
        Descriptor base = base().pushTo(ImageLocation.of(registry, "base:1"));
        Descriptor app =
                ImageBuilder.from(ImageLocation.of(registry, "base:1")).pushTo(ImageLocation.of(registry, "app:1"));

        assertThat(stored("base:1").digest()).isEqualTo(base.digest());
        assertThat(stored("app:1").digest()).isEqualTo(app.digest());
    }

    @Test
    void aLocationByDigestTakesTheImageOfThatDigestOnly() {
        Descriptor image = base().pushTo(ImageLocation.of(registry, "first:1"));

        base().pushTo(ImageLocation.of(registry, "second@" + image.digest()));

        assertThat(stored("second@" + image.digest()).digest()).isEqualTo(image.digest());
        ImageLocation other = ImageLocation.of(registry, "third@" + Digest.sha256(new byte[0]));
        assertThatThrownBy(() -> base().pushTo(other))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_INVALID));
    }

    @Test
    void anIndexIsPushedToAReferenceAndALocation() {
        IndexBuilder index =
                IndexBuilder.create().remoteOptions(RemoteOptions.defaults()).image(base());

        Descriptor pushed = index.pushTo(host + "/index:1");

        assertThat(stored("index:1").digest()).isEqualTo(pushed.digest());
        assertThat(index.pushTo(ImageLocation.of(registry, "index:2"))).isEqualTo(pushed);
        assertThat(stored("index:2").digest()).isEqualTo(pushed.digest());
    }

    @Test
    void anArtifactIsPushedToAReferenceAndALocation() {
        ArtifactBuilder artifact =
                ArtifactBuilder.of("application/vnd.example.sbom").remoteOptions(RemoteOptions.defaults());

        Descriptor pushed = artifact.pushTo(host + "/sbom:1");

        assertThat(stored("sbom:1").digest()).isEqualTo(pushed.digest());
        assertThat(artifact.pushTo(ImageLocation.of(registry, "sbom:2"))).isEqualTo(pushed);
        assertThat(stored("sbom:2").digest()).isEqualTo(pushed.digest());
    }
}
