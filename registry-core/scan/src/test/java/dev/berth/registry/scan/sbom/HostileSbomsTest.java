package dev.berth.registry.scan.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.scan.internal.json.MalformedDocumentException;
import dev.berth.registry.scan.signature.SignatureLimits;
import dev.berth.registry.scan.signature.UncheckedAttestations;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anybody who may push can attach something. Whatever it is, the layers are read instead, and the reason is told. */
class HostileSbomsTest {
    private final SbomWorld world = new SbomWorld();

    @Test
    void anSbomThatIsTooLargeIsNotEvenOpened() {
        world.attach(SbomTypes.CYCLONEDX, SbomTypes.CYCLONEDX, SbomWorld.CYCLONEDX.getBytes(UTF_8));
        SbomLimits limits = new SbomLimits(100, 10, 1000, 4, 100);

        assertRefused(AttachedSboms.create().limits(limits), "more than the 100 that are read");
    }

    @Test
    void aSizeThatIsALieIsFound() {
        Descriptor blob = world.push(SbomTypes.CYCLONEDX, SbomWorld.CYCLONEDX.getBytes(UTF_8));
        Descriptor lie = Descriptor.of(blob.mediaType(), blob.digest(), 7);

        assertThatThrownBy(() -> new SbomBlob(world.repository, SbomLimits.DEFAULT).read(lie, Optional.empty()))
                .isInstanceOf(MalformedDocumentException.class)
                .hasMessageContaining("another size");
    }

    @Test
    void ofAThousandSbomsSomeAreReadAndNoMore() {
        for (int i = 0; i < 50; i++) {
            world.attach(SbomTypes.CYCLONEDX, SbomTypes.CYCLONEDX, ("{\"x\":" + i + "}").getBytes(UTF_8));
        }
        SbomLimits limits = new SbomLimits(1000, 10, 1000, 7, 100);

        assertThat(AttachedSboms.create().limits(limits).read(world.repository, world.image, Optional.empty()))
                .hasSize(7);
        SbomLimits fewer = new SbomLimits(1000, 10, 1000, 7, 3);
        assertThat(AttachedSboms.create().limits(fewer).read(world.repository, world.image, Optional.empty()))
                .hasSize(3);
    }

    @Test
    void anIndexThatIsItsOwnAttestationIsNone() {
        Manifest index = world.pushIndex(
                world.entry(world.image, "amd64"),
                world.image
                        .descriptor()
                        .withPlatform(Platform.of("unknown", "unknown"))
                        .withAnnotations(Map.of(
                                SbomTypes.REFERENCE_TYPE,
                                SbomTypes.ATTESTATION_MANIFEST,
                                SbomTypes.REFERENCE_DIGEST,
                                world.image.digest().toString())));

        assertThat(AttachedSboms.create().read(world.repository, world.image, Optional.of(index)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"!\",\"signatures\":[{\"sig\":\"\"}]}",
                "{\"payloadType\":\"text/plain\",\"payload\":\"e30=\",\"signatures\":[{\"sig\":\"AA==\"}]}",
                "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"e30=\",\"signatures\":[{\"sig\":\"AA==\"}]}"
            })
    void anAttestationThatIsNoneSaysNothing(String envelope) {
        attestation(envelope);

        assertThat(UncheckedAttestations.find(world.repository, world.image.descriptor(), SignatureLimits.DEFAULT))
                .isEmpty();
        assertThat(layersAreRead(AttachedSboms.create())).isTrue();
    }

    @Test
    void anAttestationThatIsNotSignedByAnybodyIsReadWhereNobodyAsksForKeys() {
        String statement =
                SbomWorld.statement(world.image.digest(), "https://cyclonedx.org/bom/v1.5", SbomWorld.CYCLONEDX);
        attestation("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\""
                + Base64.getEncoder().encodeToString(statement.getBytes(UTF_8))
                + "\",\"signatures\":[{\"sig\":\"AA==\"}]}");

        assertThat(layersAreRead(AttachedSboms.create())).isFalse();
        SignatureLimits small = new SignatureLimits(10, 10, 100, 100);
        assertThat(UncheckedAttestations.find(world.repository, world.image.descriptor(), small))
                .isEmpty();
    }

    private void attestation(String envelope) {
        Descriptor layer = world.push("application/vnd.dsse.envelope.v1+json", envelope.getBytes(UTF_8));
        world.repository
                .manifests()
                .put(
                        ImageManifest.of(world.push(MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8)), List.of(layer))
                                .toManifest(),
                        Tag.parse("sha256-" + world.image.digest().hex() + ".att"));
    }

    private void assertRefused(AttachedSboms sboms, String reason) {
        assertThat(sboms.read(world.repository, world.image, Optional.empty()))
                .singleElement()
                .satisfies(found -> assertThat(found.problem()).contains(reason));
        assertThat(layersAreRead(sboms)).isTrue();
    }

    private boolean layersAreRead(AttachedSboms sboms) {
        return sboms.before(SbomWorld.LAYERS).read(world.repository, world.image).packages().stream()
                .anyMatch(found -> found.found().name().equals("zlib1g"));
    }
}
