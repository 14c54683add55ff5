package dev.berth.registry.scan.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.PutOptions;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.manifest.ImageManifest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands where signatures are, it is refused with a reason, within bounds. */
class HostileSignatureTest {
    private static final SigningKey KEY = SigningKey.generate();

    private static Map<String, String> signature(byte[] payload) {
        return Map.of(SignatureTypes.SIGNATURE_ANNOTATION, Base64.getEncoder().encodeToString(KEY.sign(payload)));
    }

    private static List<byte[]> documents() {
        String deep = "[".repeat(50_000);
        List<byte[]> documents = new ArrayList<>();
        for (String text : List.of(
                "",
                "null",
                "[]",
                "{}",
                "\"text\"",
                deep,
                "{\"critical\":" + "{\"a\":".repeat(20_000),
                "{\"critical\":null}",
                "{\"critical\":{\"type\":\"cosign container image signature\",\"image\":null}}",
                "{\"critical\":{\"type\":1}}",
                "{\"critical\":{},\"critical\":{}}",
                "{\"payload\":\"\",\"payloadType\":\"\",\"signatures\":[]}",
                "{\"payload\":\"AA\",\"payloadType\":\"x\",\"signatures\":[{\"sig\":\"%%\"}]}",
                "{\"payload\":\"AA==\",\"payloadType\":\"x\",\"signatures\":[" + "{\"sig\":\"AA==\"},".repeat(999)
                        + "{\"sig\":\"AA==\"}]}",
                "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}",
                "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"dsseEnvelope\":7}",
                "{\"mediaType\":\"application/vnd.dev.sigstore.bundle+json;version=0.1\"}",
                "{\"payload\":\"e30\",\"protected\":\"e30\",\"header\":{\"x5c\":[]},\"signature\":\"AA\"}",
                "{\"payload\":\"e30\",\"protected\":\"e30\",\"header\":{\"x5c\":[\"AAAA\"]},\"signature\":\"AA\"}",
                "{\"payload\":\"e30\",\"protected\":\"e30\",\"header\":{\"x5c\":[\"MIIB\"]},\"signature\":\"AA\"}")) {
            documents.add(text.getBytes(StandardCharsets.UTF_8));
        }
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            documents.add(noise);
        }
        return documents;
    }

    @Test
    void everyDocumentIsRefusedInEveryForm() {
        SignatureVerifier verifier = SignedWorld.verifier(KEY);
        for (byte[] document : documents()) {
            SignedWorld world = new SignedWorld();
            world.putTag(".sig", SignatureTypes.SIMPLE_SIGNING, document, signature(document));
            world.putTag(".att", SignatureTypes.DSSE, document, Map.of());
            world.putReferrer(
                    SignatureTypes.COSIGN_ARTIFACT, SignatureTypes.SIMPLE_SIGNING, document, signature(document));
            world.putReferrer(SignatureTypes.BUNDLE, SignatureTypes.BUNDLE, document, Map.of());
            world.putReferrer(SignatureTypes.NOTATION, SignatureTypes.JWS, document, Map.of());

            Signatures found = world.verify(verifier);

            assertThat(found.all()).hasSize(5).allSatisfy(signature -> {
                assertThat(signature.isAccepted()).isFalse();
                assertThat(signature.refusals())
                        .singleElement()
                        .asString()
                        .isNotBlank()
                        .hasSizeLessThan(500);
            });
            assertThat(found.isSigned()).isFalse();
        }
    }

    /** An envelope is signed, and its content is anything: who may sign is not asked to write what can be read. */
    @Test
    void everySignedStatementIsRefused() {
        SignatureVerifier verifier = SignedWorld.verifier(KEY);
        for (byte[] document : documents()) {
            SignedWorld world = new SignedWorld();
            world.putReferrer(
                    SignatureTypes.BUNDLE,
                    SignatureTypes.BUNDLE,
                    SigstoreBundle.write(DsseEnvelope.sign(SignatureTypes.IN_TOTO, document, KEY), KEY.publicKey()),
                    Map.of());

            assertThat(SignedWorld.only(world.verify(verifier)).isAccepted()).isFalse();
        }
    }

    @Test
    void otherThingsWhereSignaturesAreAreRefused() {
        SignedWorld world = new SignedWorld();
        world.pushIndex(
                SignatureSearch.tag(world.image.digest(), ".sig").orElseThrow().value(), world.image);
        world.putReferrer(SignatureTypes.NOTATION, SignatureTypes.COSE, new byte[10], Map.of());
        world.putReferrer(SignatureTypes.BUNDLE, "text/plain", new byte[10], Map.of());
        world.putReferrer("application/vnd.cyclonedx+json", "application/vnd.cyclonedx+json", new byte[10], Map.of());

        Signatures found = world.verify(SignedWorld.verifier(KEY));

        assertThat(found.isSigned()).isFalse();
        assertThat(found.refused())
                .extracting(refused -> refused.refusals().get(0))
                .containsExactlyInAnyOrder(
                        "its manifest is not one of an artifact",
                        "its manifest has no signature",
                        "there are no trust policies for signatures of Notation");
    }

    @Test
    void noMoreIsReadThanTheLimits() {
        SignedWorld world = new SignedWorld();
        for (int i = 0; i < 5; i++) {
            world.putReferrer(SignatureTypes.BUNDLE, SignatureTypes.BUNDLE, new byte[] {(byte) i}, Map.of());
        }
        SignatureVerifier.Builder builder = SignatureVerifier.builder();

        Signatures few = world.verify(
                builder.limits(new SignatureLimits(3, 100, 100, 100)).build());
        Signatures fewReferrers = world.verify(
                builder.limits(new SignatureLimits(100, 4, 100, 100)).build());
        Signatures all =
                world.verify(builder.limits(new SignatureLimits(5, 5, 100, 100)).build());

        assertThat(few.all()).hasSize(3);
        assertThat(few.complete()).isFalse();
        assertThat(few.explanation()).endsWith("there is more than what was looked at");
        assertThat(fewReferrers.all()).hasSize(4);
        assertThat(fewReferrers.complete()).isFalse();
        assertThat(all.all()).hasSize(5);
        assertThat(all.complete()).isTrue();
    }

    @Test
    void theLayersOfATagAreLimitedToo() {
        SignedWorld world = new SignedWorld();
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            layers.add(SignedWorld.push(world.repository, SignatureTypes.SIMPLE_SIGNING, new byte[] {(byte) i}));
        }
        Descriptor config = SignedWorld.push(world.repository, "application/json", new byte[] {1});
        world.repository
                .manifests()
                .put(
                        ImageManifest.of(config, layers).toManifest(),
                        SignatureSearch.tag(world.image.digest(), ".sig").orElseThrow());

        Signatures found = world.verify(SignedWorld.verifier(KEY));

        assertThat(found.all()).hasSize(SignatureLimits.DEFAULT.count());
        assertThat(found.complete()).isFalse();
        CosignSigner.of(KEY).in(SignatureForm.BUNDLE).sign(world.repository, world.image.digest(), SignedWorld.NAME);
        assertThat(world.verify(SignedWorld.verifier(KEY)).isSigned())
                .as("is not hidden by what is at the tag")
                .isTrue();
    }

    @Test
    void aPayloadThatIsTooLargeIsNotRead() {
        SignedWorld world = new SignedWorld();
        world.putTag(".sig", SignatureTypes.SIMPLE_SIGNING, new byte[101], signature(new byte[101]));

        Signatures found = world.verify(SignatureVerifier.builder()
                .keys(TrustedKeys.of(SignedWorld.trusted("release", KEY)))
                .limits(new SignatureLimits(10, 10, 100, 100))
                .build());

        assertThat(SignedWorld.only(found).refusals())
                .containsExactly("it has 101 bytes, more than the 100 that are read");
    }

    @Test
    void aSignatureWhoseSubjectIsAnotherManifestIsNotLookedFor() {
        SignedWorld world = new SignedWorld();
        Descriptor other = SignedWorld.pushImage(world.repository, "arm64", "other");
        byte[] payload = SimpleSigning.write(world.image.digest(), SignedWorld.NAME, Map.of());
        Descriptor layer = SignedWorld.push(world.repository, SignatureTypes.SIMPLE_SIGNING, payload)
                .withAnnotations(signature(payload));
        Descriptor config = SignedWorld.push(world.repository, SignatureTypes.COSIGN_ARTIFACT, new byte[] {1});
        world.repository
                .manifests()
                .put(ImageManifest.of(config, List.of(layer)).withSubject(other).toManifest(), PutOptions.untagged());

        assertThat(world.verify(SignedWorld.verifier(KEY)).all()).isEmpty();
        assertThat(SignedWorld.verifier(KEY)
                        .verify(world.repository, other.digest())
                        .isSigned())
                .isFalse();
    }

    /** A registry that serves other bytes than those that the manifest names. */
    @Test
    void aBlobWithOtherContentIsRefused() {
        SignedWorld world = new SignedWorld();
        byte[] wanted = SimpleSigning.write(world.image.digest(), SignedWorld.NAME, Map.of());
        world.putTag(".sig", SignatureTypes.SIMPLE_SIGNING, new byte[wanted.length], signature(wanted));
        Repository lying = replacingBlobs(world.repository, wanted);

        Signatures found = SignedWorld.verifier(KEY).verify(lying, world.image.digest());

        assertThat(SignedWorld.only(found).refusals())
                .singleElement()
                .asString()
                .contains("other content");
    }

    private static Repository replacingBlobs(Repository repository, byte[] content) {
        return new ForwardingRepository(repository) {
            @Override
            public Blobs blobs() {
                return new ForwardingBlobs(super.blobs()) {
                    @Override
                    public BlobContent open(Digest digest, ByteRange range) {
                        return BlobContent.of(
                                Descriptor.of("application/octet-stream", digest, content.length),
                                ByteRange.all().slice(content.length),
                                new ByteArrayInputStream(content));
                    }
                };
            }
        };
    }

    /** That the registry cannot tell says nothing about a signature: neither that it is there, nor that it is not. */
    @Test
    void aRegistryThatFailsIsAnError() {
        SignedWorld world = new SignedWorld();
        CosignSigner.of(KEY).sign(world.repository, world.image.digest(), SignedWorld.NAME);
        Repository failing = new ForwardingRepository(world.repository) {
            @Override
            public Blobs blobs() {
                return new ForwardingBlobs(super.blobs()) {
                    @Override
                    public BlobContent open(Digest digest, ByteRange range) {
                        throw RegistryException.of(ErrorCode.UNAVAILABLE, "The disk is gone");
                    }
                };
            }
        };

        assertThatThrownBy(() -> SignedWorld.verifier(KEY).verify(failing, world.image.digest()))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
