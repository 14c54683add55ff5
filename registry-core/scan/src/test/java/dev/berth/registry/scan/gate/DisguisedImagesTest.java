package dev.berth.registry.scan.gate;

import static dev.berth.registry.scan.gate.GateWorld.blob;
import static dev.berth.registry.scan.gate.GateWorld.config;
import static dev.berth.registry.scan.gate.GateWorld.newImage;
import static dev.berth.registry.scan.gate.GateWorld.push;
import static dev.berth.registry.scan.gate.GateWorld.pushImage;
import static dev.berth.registry.scan.gate.Refusals.assertDenied;
import static dev.berth.registry.scan.gate.Refusals.assertHandedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.scan.report.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that look as something that is always handed out, as anybody who may push can make them. */
class DisguisedImagesTest {
    private static final String SIGNATURE = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final String SBOM = "application/vnd.cyclonedx+json";

    private final GateWorld world = new GateWorld();
    private final Repository behind = world.behind;
    private final Repository gated = world.gated(GateWorld.signedRule());

    private static Tag attached(Digest image, String suffix) {
        return Tag.parse("sha256-" + image.hex() + suffix);
    }

    private Manifest withLayer(String mediaType, byte[] content) {
        return ImageManifest.of(config(behind), List.of(blob(behind, mediaType, content)))
                .toManifest();
    }

    /** Returns a tar with one file of this name. */
    private static byte[] tar(String file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(file);
            entry.setSize(2);
            tar.putArchiveEntry(entry);
            tar.write("hi".getBytes(StandardCharsets.US_ASCII));
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.dev.cosign.artifact.sig.v1+json",
                "application/vnd.dev.sigstore.bundle.v0.3+json",
                "application/vnd.cncf.notary.signature",
                SBOM
            })
    void anArtifactTypeMakesNoSignature(String type) {
        Descriptor signed = world.image();
        world.sign(signed);
        ImageManifest disguised = newImage(behind).withArtifactType(type).withSubject(signed);
        Descriptor image = push(behind, disguised.toManifest(), "v2");

        assertThat(gated.manifests().referrers(signed.digest()).toList())
                .extracting(Descriptor::digest)
                .contains(image.digest());
        assertDenied(gated, image.digest(), "must be signed by release");
        assertDenied(gated, Tag.parse("v2"), "must be signed by release");
    }

    @Test
    void aSubjectMakesNoSignature() {
        Descriptor signed = world.image();
        world.sign(signed);
        Descriptor image = push(behind, newImage(behind).withSubject(signed).toManifest());

        assertDenied(gated, image.digest(), "must be signed by release");
    }

    @ParameterizedTest
    @ValueSource(strings = {".sig", ".att", ".sbom", ""})
    void aNameMakesNoSignature(String suffix) {
        Descriptor signed = world.image();
        Tag tag = attached(signed.digest(), suffix);
        Descriptor image = pushImage(behind, tag.value());

        assertDenied(gated, tag, "must be signed by release");
        assertDenied(gated, image.digest(), "must be signed by release");
    }

    @Test
    void aNameOfASignatureIsNotOutsideOfARuleForOtherTags() {
        Repository strict = world.gated(
                GateRule.named("releases").tags("v*").signedBy(GateWorld.SIGNED).build());
        Tag tag = attached(world.image().digest(), ".sig");
        Descriptor image = pushImage(behind, tag.value());

        assertDenied(strict, tag, "must be signed by release");
        assertDenied(strict, image.digest(), "must be signed by release");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {SIGNATURE, SBOM, "application/jose+json", "application/cose", "application/vnd.in-toto+json"})
    void aLayerThatCanBeUnpackedIsNone(String type) throws IOException {
        for (byte[] content :
                List.of(gzip(tar("file")), tar("file"), tar("{\"a\":1}"), new byte[] {0x28, (byte) 0xb5})) {
            Descriptor image = push(behind, withLayer(type, content));

            assertDenied(gated, image.digest(), "must be signed by release");
        }
    }

    @Test
    void aLayerThatIsLargerThanTheManifestSaysIsNone() throws IOException {
        byte[] content = tar("{\"a\":1}");
        Descriptor real = blob(behind, SIGNATURE, content);
        Descriptor shorter = Descriptor.of(SIGNATURE, real.digest(), 7);
        StoredWithoutChecks stored = new StoredWithoutChecks(world, GateWorld.signedRule());
        Descriptor image = stored.push(ImageManifest.of(config(stored.behind), List.of(shorter)));
        stored.copyBlob(real, content);

        assertDenied(stored.gated, image.digest(), "must be signed by release");
    }

    @Test
    void aLayerThatIsNotHereYetIsNone() {
        byte[] content = "{}".getBytes(StandardCharsets.US_ASCII);
        StoredWithoutChecks stored = new StoredWithoutChecks(world, GateWorld.signedRule());
        Descriptor layer = Descriptor.of(SIGNATURE, Digest.sha256(content), content.length);
        Descriptor image = stored.push(ImageManifest.of(config(stored.behind), List.of(layer)));

        assertDenied(stored.gated, image.digest(), "must be signed by release");

        stored.copyBlob(layer, content);
        stored.gate.forget();
        assertHandedOut(stored.gated, image.digest());
    }

    @Test
    void oneLayerAmongSignaturesIsEnough() {
        Descriptor signature = blob(behind, SIGNATURE, "{}");
        Descriptor layer = blob(behind, MediaTypes.OCI_LAYER_TAR_GZIP, "a layer");
        Descriptor image = push(
                behind,
                ImageManifest.of(config(behind), List.of(signature, layer)).toManifest());

        assertDenied(gated, image.digest(), "must be signed by release");
    }

    @Test
    void anImageWithoutLayersIsAnImage() {
        Descriptor image =
                push(behind, ImageManifest.of(config(behind), List.of()).toManifest());

        assertDenied(gated, image.digest(), "must be signed by release");
    }

    @Test
    void aManifestOfDockerIsAnImageWhateverItsLayersAre() {
        byte[] config = "{}".getBytes(StandardCharsets.US_ASCII);
        String manifest = """
                {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":"%s","digest":"%s","size":2},\
                "layers":[{"mediaType":"%s","digest":"%s","size":2}]}""".formatted(
                        MediaTypes.DOCKER_MANIFEST,
                        MediaTypes.DOCKER_CONFIG,
                        Digest.sha256(config),
                        SIGNATURE,
                        Digest.sha256(config));
        blob(behind, SIGNATURE, config);
        Descriptor image =
                push(behind, Manifest.of(MediaTypes.DOCKER_MANIFEST, manifest.getBytes(StandardCharsets.UTF_8)));

        assertDenied(gated, image.digest(), "must be signed by release");
    }

    @Test
    void theSameBytesWithAnotherMediaTypeAreAnotherThing() {
        // Without a field mediaType, what it is depends on what it was pushed as.
        Descriptor signature = blob(behind, SIGNATURE, "{}");
        byte[] bytes = """
                {"schemaVersion":2,"config":{"mediaType":"%s","digest":"%s","size":%d},\
                "layers":[{"mediaType":"%s","digest":"%s","size":2}]}""".formatted(
                        MediaTypes.OCI_CONFIG, signature.digest(), signature.size(), SIGNATURE, signature.digest())
                .getBytes(StandardCharsets.UTF_8);
        Descriptor oci = push(behind, Manifest.of(MediaTypes.OCI_MANIFEST, bytes));
        assertHandedOut(gated, oci.digest());

        Repository other = world.engine.repository("other/app");
        blob(other, SIGNATURE, "{}");
        push(other, Manifest.of(MediaTypes.DOCKER_MANIFEST, bytes));

        assertDenied(
                world.gate(GateWorld.signedRule()).repository("other/app"), oci.digest(), "must be signed by release");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/vnd.example.manifest+json", "application/vnd.cyclonedx+json"})
    void aManifestOfAnUnknownKindIsJudged(String mediaType) {
        Descriptor unknown = push(behind, Manifest.of(mediaType, "{\"a\":1}".getBytes(StandardCharsets.US_ASCII)));

        assertDenied(gated, unknown.digest(), "must be signed by release");

        world.sign(unknown);
        assertHandedOut(world.gated(GateWorld.signedRule()), unknown.digest());
    }

    @Test
    void anIndexIsNotOneOfSignaturesBecauseOfOneEntry() {
        Descriptor sbom = push(behind, withLayer(SBOM, "{}".getBytes(StandardCharsets.US_ASCII)));
        Descriptor image = world.image();
        Descriptor mixed = push(behind, ImageIndex.of(List.of(sbom, image)).toManifest());

        assertHandedOut(gated, sbom.digest());
        assertDenied(gated, mixed.digest(), "must be signed by release");
    }

    @Test
    void anEntryOfAnIndexIsNoSignatureBecauseItSaysSo() {
        Descriptor image = world.image().withArtifactType(SBOM);
        Descriptor list = push(behind, ImageIndex.of(List.of(image)).toManifest());

        assertDenied(gated, list.digest(), "must be signed by release");
        assertDenied(gated, image.digest(), "must be signed by release");
    }

    @Test
    void anEntryForAnUnknownPlatformIsJudgedByItself() {
        Descriptor image = world.image();
        Descriptor hidden = world.image()
                .withPlatform(Platform.of("unknown", "unknown"))
                .withAnnotations(Map.of("vnd.docker.reference.type", "attestation-manifest"));
        Descriptor index = push(behind, GateWorld.index(image, hidden));
        world.sign(index);

        assertHandedOut(gated, index.digest());
        assertDenied(gated, hidden.digest(), "must be signed by release");
    }

    @Test
    void aListOfReferrersIsHandedOut() {
        Descriptor image = world.image();
        Descriptor sbom = push(behind, withLayer(SBOM, "{}".getBytes(StandardCharsets.US_ASCII)));
        Tag tag = attached(image.digest(), "");
        push(behind, ImageIndex.of(List.of(sbom.withArtifactType(SBOM))).toManifest(), tag.value());

        assertHandedOut(gated, tag);
    }

    @Test
    void aManifestIsNoBlob() {
        Descriptor image = world.image();

        assertThat(gated.blobs().find(image.digest())).isEmpty();
        assertThat(Refusals.failure(() -> gated.blobs().open(image.digest())).code())
                .isEqualTo(ErrorCode.BLOB_UNKNOWN);
    }

    @Test
    void aViewThatWasMadeBeforeTheRulesKnowsThem() {
        Gate gate = Gate.of(world.engine, GatePolicy.none(), world.options().build());
        Repository early = gate.repository(GateWorld.REPOSITORY);
        Descriptor image = world.image();
        assertHandedOut(early, image.digest());

        gate.policy(GatePolicy.of(GateWorld.signedRule()));

        assertDenied(early, image.digest(), "must be signed by release");
    }

    @Test
    void whatIsSaidAgainstAnImageDoesNotHideWhatIsSaid() {
        // More text than a message has room for, and text that ends lines.
        Descriptor image = world.image();
        world.scanned(
                image.digest(),
                GateWorld.finding("CVE\n\u001b[31m" + "x".repeat(5000), Severity.CRITICAL, Optional.of("1\r\n2")));
        Repository strict = world.gated(
                GateRule.named("strict").findings(FindingLimit.none()).build());

        String message = String.valueOf(
                Refusals.failure(() -> strict.manifests().get(image.digest())).getMessage());

        assertThat(message).hasSizeLessThan(2000);
        assertThat(message.chars()).noneMatch(c -> c < ' ');
    }

    @Test
    void headersOfTarsAreKnownByTheirSum() throws IOException {
        byte[] tar = tar("{");
        assertThat(TarHeader.isOne(Arrays.copyOf(tar, TarHeader.SIZE))).isTrue();
        assertThat(TarHeader.isOne(Arrays.copyOf(tar, TarHeader.SIZE - 1))).isFalse();
        tar[0] = 'x';
        assertThat(TarHeader.isOne(tar)).isFalse();
    }
}
