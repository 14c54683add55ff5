package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.manifest.ExecutionConfig;
import dev.berth.registry.manifest.HistoryEntry;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBuilderTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Tag TAG = Tag.parse("1.0");
    private static final Platform AMD64 = Platform.of("linux", "amd64");

    private final Registry registry = Registries.empty();

    @TempDir
    Path dir;

    private static Layer layer(String name, String content) {
        return Layer.builder()
                .bytes(name, content.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    @Test
    void anImageHasItsLayersAndTheirDigests() throws IOException {
        Layer first = layer("/a", "1");
        Layer second = layer("/b", "2");

        Descriptor pushed =
                ImageBuilder.fromScratch(AMD64).layer(first).layer(second).pushTo(registry, APP, TAG);

        ImageManifest image = Registries.image(registry, APP, TAG);
        ImageConfig config = Registries.config(registry, APP, TAG);
        assertThat(registry.repository(APP).tags().resolve(TAG).orElseThrow().digest())
                .isEqualTo(pushed.digest());
        assertThat(pushed.platform()).contains(AMD64);
        assertThat(pushed.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(image.config().mediaType()).isEqualTo(MediaTypes.OCI_CONFIG);
        assertThat(image.layers()).extracting(Descriptor::mediaType).containsOnly(MediaTypes.OCI_LAYER_TAR_GZIP);
        assertThat(Registries.gunzipped(registry, APP, image.layers().get(0))).isEqualTo(Tars.bytes(first));
        assertThat(Registries.gunzipped(registry, APP, image.layers().get(1))).isEqualTo(Tars.bytes(second));
        assertThat(config.diffIds())
                .containsExactly(Digest.sha256(Tars.bytes(first)), Digest.sha256(Tars.bytes(second)));
        assertThat(config.platform()).isEqualTo(AMD64);
        assertThat(config.created()).contains(Instant.EPOCH);
        assertThat(config.history()).hasSize(2);
    }

    @Test
    void theConfigurationSaysWhatWasSet() throws IOException {
        ImageBuilder.fromScratch(Platform.parse("linux/arm64/v8"))
                .layer(layer("a", ""), "COPY a")
                .entrypoint("/a", "--x")
                .cmd("serve")
                .env("A", "1")
                .env("B", "x=y")
                .env("A", "2")
                .label("l", "v")
                .user("1000:1000")
                .workingDir("/work")
                .expose("8080")
                .expose("53/udp")
                .volume("/data")
                .stopSignal("SIGINT")
                .author("me")
                .created(Instant.parse("2024-01-02T03:04:05Z"))
                .annotation("k", "v")
                .pushTo(registry, APP, TAG);

        ImageConfig config = Registries.config(registry, APP, TAG);
        assertThat(config.execution())
                .isEqualTo(new ExecutionConfig(
                        Optional.of("1000:1000"),
                        List.of("8080/tcp", "53/udp"),
                        List.of("A=2", "B=x=y"),
                        List.of("/a", "--x"),
                        List.of("serve"),
                        List.of("/data"),
                        Optional.of("/work"),
                        Map.of("l", "v"),
                        Optional.of("SIGINT")));
        assertThat(config.author()).contains("me");
        assertThat(config.platform()).isEqualTo(Platform.parse("linux/arm64/v8"));
        assertThat(config.history())
                .containsExactly(new HistoryEntry(
                        Optional.of(Instant.parse("2024-01-02T03:04:05Z")),
                        Optional.of("COPY a"),
                        Optional.of("me"),
                        Optional.empty(),
                        false));
        assertThat(Registries.image(registry, APP, TAG).annotations()).containsExactly(Map.entry("k", "v"));
    }

    @Test
    void theHistoryTellsOfStepsWithAndWithoutALayer() throws IOException {
        Instant made = Instant.parse("2024-05-06T07:08:09Z");
        Instant earlier = Instant.parse("2023-01-01T00:00:00Z");
        HistoryEntry copied = new HistoryEntry(
                Optional.of(earlier), Optional.of("copy"), Optional.of("bob"), Optional.of("by hand"), false);
        ImageBuilder.fromScratch(AMD64)
                .created(made)
                .author("alice")
                .history(HistoryEntry.ofEmptyLayer("env"))
                .layer(layer("/a", ""), copied)
                .layer(layer("/a", ""), "plain")
                .pushTo(registry, APP, TAG);

        assertThat(Registries.config(registry, APP, TAG).history())
                .containsExactly(
                        new HistoryEntry(
                                Optional.of(made), Optional.of("env"), Optional.of("alice"), Optional.empty(), true),
                        copied,
                        new HistoryEntry(
                                Optional.of(made),
                                Optional.of("plain"),
                                Optional.of("alice"),
                                Optional.empty(),
                                false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageBuilder.fromScratch(AMD64).history(copied))
                .withMessageContaining("'copy' is of a layer");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ImageBuilder.fromScratch(AMD64).layer(layer("/a", ""), HistoryEntry.ofEmptyLayer("env")))
                .withMessageContaining("'env' is of a step that made no layer");
    }

    @Test
    void layersMayBeZstdOrPlain() throws IOException {
        Layer layer = layer("a", "x".repeat(200_000));

        ImageBuilder.fromScratch(AMD64)
                .layer(layer)
                .compression(Compression.zstd())
                .pushTo(registry, APP, Tag.parse("z"));
        ImageBuilder.fromScratch(AMD64)
                .layer(layer)
                .compression(Compression.none())
                .pushTo(registry, APP, Tag.parse("n"));

        Descriptor zstd =
                Registries.image(registry, APP, Tag.parse("z")).layers().get(0);
        Descriptor plain =
                Registries.image(registry, APP, Tag.parse("n")).layers().get(0);
        assertThat(zstd.mediaType()).isEqualTo(MediaTypes.OCI_LAYER_TAR_ZSTD);
        assertThat(plain.mediaType()).isEqualTo(MediaTypes.OCI_LAYER_TAR);
        assertThat(Registries.blob(registry, APP, plain.digest())).isEqualTo(Tars.bytes(layer));
        try (InputStream tar =
                new ZstdInputStream(new ByteArrayInputStream(Registries.blob(registry, APP, zstd.digest())))) {
            assertThat(tar.readAllBytes()).isEqualTo(Tars.bytes(layer));
        }
        assertThat(Registries.config(registry, APP, Tag.parse("z")).diffIds())
                .isEqualTo(Registries.config(registry, APP, Tag.parse("n")).diffIds());
    }

    @Test
    void dockersFormatHasItsOwnMediaTypes() {
        ImageBuilder.fromScratch(AMD64)
                .layer(layer("a", ""))
                .format(ManifestFormat.DOCKER)
                .pushTo(registry, APP, TAG);

        ImageManifest image = Registries.image(registry, APP, TAG);
        assertThat(image.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
        assertThat(image.config().mediaType()).isEqualTo(MediaTypes.DOCKER_CONFIG);
        assertThat(image.layers()).extracting(Descriptor::mediaType).containsExactly(MediaTypes.DOCKER_LAYER);
    }

    @Test
    void whatDockersFormatLacksIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageBuilder.fromScratch(AMD64)
                        .format(ManifestFormat.DOCKER)
                        .compression(Compression.zstd())
                        .pushTo(registry, APP, TAG))
                .withMessageContaining("zstd");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageBuilder.fromScratch(AMD64)
                        .format(ManifestFormat.DOCKER)
                        .annotation("k", "v")
                        .pushTo(registry, APP, TAG))
                .withMessageContaining("annotations");
        assertThat(registry.repository(APP).tags().resolve(TAG)).isEmpty();
    }

    @Test
    void everyDigestMayBeASha512() throws IOException {
        Descriptor pushed = ImageBuilder.fromScratch(AMD64)
                .layer(layer("a", "x"))
                .digestAlgorithm(DigestAlgorithm.SHA512)
                .pushTo(registry, APP);

        ImageManifest image = Registries.image(registry, APP, pushed.digest());
        assertThat(pushed.digest().algorithm()).isEqualTo(DigestAlgorithm.SHA512);
        assertThat(image.config().digest().algorithm()).isEqualTo(DigestAlgorithm.SHA512);
        assertThat(image.layers().get(0).digest().algorithm()).isEqualTo(DigestAlgorithm.SHA512);
        assertThat(Registries.config(registry, APP, pushed.digest()).diffIds())
                .containsExactly(Digest.compute(DigestAlgorithm.SHA512, Tars.bytes(layer("a", "x"))));
    }

    @Test
    void anExistingTarIsALayer() throws IOException {
        byte[] tar = Tars.make(out -> Tars.add(out, "./a", TarConstants.LF_NORMAL, "", "x"));

        ImageBuilder.fromScratch(AMD64)
                .layer(Layer.ofTar(BlobSource.once(new ByteArrayInputStream(tar))))
                .pushTo(registry, APP, TAG);

        ImageManifest image = Registries.image(registry, APP, TAG);
        assertThat(Registries.gunzipped(registry, APP, image.layers().get(0))).isEqualTo(tar);
        assertThat(Registries.config(registry, APP, TAG).diffIds()).containsExactly(Digest.sha256(tar));
    }

    @Test
    void badContentEndsThePushAndLeavesNothing() throws IOException {
        byte[] hostile = Tars.make(out -> Tars.add(out, "../etc/passwd", TarConstants.LF_NORMAL, "", "x"));
        Path file = Files.writeString(dir.resolve("f"), "x");
        Layer vanishing = Layer.builder().file("f", file).build();
        Files.delete(file);

        assertThatThrownBy(() -> ImageBuilder.fromScratch(AMD64)
                        .layer(Layer.ofTar(BlobSource.of(hostile)))
                        .pushTo(registry, APP, TAG))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining("'../etc/passwd' leads out of the image");
        assertThatThrownBy(
                        () -> ImageBuilder.fromScratch(AMD64).layer(vanishing).pushTo(registry, APP, TAG))
                .isInstanceOf(ImageBuildException.class)
                .hasMessageContaining(file + "' vanished");
        assertThat(registry.repository(APP).tags().resolve(TAG)).isEmpty();
        assertThat(registry.repositories()).isEmpty();
    }

    @Test
    void whatIsNoPortIsRefused() {
        Cases.of("0", "65536", "x", "80/http", "80/", "", "-1", "99999999999").check(port -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ImageBuilder.fromScratch(AMD64).expose(port))
                    .withMessageContaining("'" + port + "' is not a port");
        });
    }

    @Test
    void whatCannotBeInAConfigurationIsRefused() {
        ImageBuilder builder = ImageBuilder.fromScratch(AMD64);

        assertThatIllegalArgumentException().isThrownBy(() -> builder.env("A=B", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.env("", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.workingDir("app"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.volume("data"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.user(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.stopSignal(""));
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.gzip(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.zstd(23));
    }
}
