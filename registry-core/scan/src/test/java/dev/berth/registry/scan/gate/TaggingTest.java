package dev.berth.registry.scan.gate;

import static dev.berth.registry.scan.gate.Refusals.assertDenied;
import static dev.berth.registry.scan.gate.Refusals.assertHandedOut;
import static dev.berth.registry.scan.gate.Refusals.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.CopyOptions;
import dev.berth.registry.copy.ImageCopier;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.scan.signature.CosignSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tag is refused until the image that it is to name is signed. */
class TaggingTest {
    private static final GateRule RULE = GateRule.named("production")
            .signedBy(GateWorld.SIGNED)
            .except("dev-*")
            .beforeTagging()
            .build();

    private final GateWorld world = new GateWorld();
    private final Gate gate = world.gate(RULE);
    private final Repository gated = gate.repository(GateWorld.REPOSITORY);

    private void assertTagRefused(RegistryException refusal) {
        assertThat(refusal.code()).isEqualTo(ErrorCode.DENIED);
        assertThat(refusal)
                .hasMessageContainingAll(
                        "The tag team/app:v1 (sha256:",
                        "was not set, by the rule 'production'",
                        "must be signed by release",
                        "Push the image by its digest, sign that, and set the tag then");
        assertThat(world.behind.tags().resolve(GateWorld.V1)).isEmpty();
    }

    @Test
    void aPushWithATagIsRefusedBeforeAnythingIsStored() {
        Manifest image = GateWorld.newImage(gated).toManifest();

        assertTagRefused(failure(() -> gated.manifests().put(image, GateWorld.V1)));

        assertThat(world.behind.manifests().find(image.digest())).isEmpty();
    }

    @Test
    void anImageIsPushedByItsDigestThenSignedThenTagged() {
        Manifest image = GateWorld.newImage(gated).toManifest();
        Descriptor pushed = GateWorld.push(gated, image);

        assertTagRefused(failure(() -> gated.tags().put(GateWorld.V1, image.digest())));
        assertDenied(gated, image.digest(), "must be signed by release");

        CosignSigner.of(GateWorld.RELEASE).sign(gated, pushed, "registry.example/team/app");

        gated.tags().put(GateWorld.V1, image.digest());
        assertHandedOut(gated, GateWorld.V1);
        gated.manifests().put(image, Tag.parse("v2"));
        assertHandedOut(gated, Tag.parse("v2"));
    }

    @Test
    void theSignatureOfAnImageIsNotThatOfItsIndex() {
        Descriptor image = GateWorld.pushImage(gated);
        world.sign(image);
        Manifest index = GateWorld.index(image);

        assertTagRefused(failure(() -> gated.manifests().put(index, GateWorld.V1)));

        GateWorld.push(gated, index);
        world.sign(index.descriptor());
        gated.manifests().put(index, GateWorld.V1);
        assertHandedOut(gated, GateWorld.V1);
    }

    @Test
    void aTagIsNotMovedToAnotherImage() {
        Descriptor signed = GateWorld.pushImage(gated);
        world.sign(signed);
        gated.tags().put(GateWorld.V1, signed.digest());
        Descriptor other = GateWorld.pushImage(gated);

        assertThat(failure(() -> gated.tags().put(GateWorld.V1, other.digest())).code())
                .isEqualTo(ErrorCode.DENIED);

        assertThat(gated.tags().resolve(GateWorld.V1)).contains(signed);
    }

    @Test
    void aTagForWhichNoRuleIsIsSet() {
        Descriptor image = GateWorld.pushImage(gated, "dev-1");

        assertHandedOut(gated, Tag.parse("dev-1"));
        assertHandedOut(gated, image.digest());
    }

    @Test
    void aTagOfWhatIsNotThereIsUnknown() {
        Digest missing = Digest.sha256(new byte[] {1});

        assertThat(failure(() -> gated.tags().put(GateWorld.V1, missing)).code())
                .isEqualTo(ErrorCode.MANIFEST_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCopyBringsItsSignaturesBeforeItsTag(boolean withSignatures) {
        StorageRegistry registry = StorageRegistry.over(MemoryObjectStore.create());
        Repository source = registry.repository(GateWorld.REPOSITORY);
        Descriptor image = GateWorld.pushImage(source, "v1");
        GateWorld.sign(GateWorld.RELEASE, source, image.digest());
        ImageLocation from = ImageLocation.of(registry, "team/app:v1");
        ImageLocation to = ImageLocation.of(gate, "team/app:v1");
        CopyOptions options = CopyOptions.builder().referrers(withSignatures).build();

        if (withSignatures) {
            ImageCopier.create().copy(from, to, options);

            assertHandedOut(gated, GateWorld.V1);
        } else {
            assertThat(failure(() -> ImageCopier.create().copy(from, to, options))
                            .code())
                    .isEqualTo(ErrorCode.DENIED);
        }
    }

    @Test
    void anImageAtTheTagOfASignatureIsRefused() {
        Tag tag = Tag.parse("sha256-" + world.image().digest().hex() + ".sig");
        Manifest image = GateWorld.newImage(gated).toManifest();

        assertThat(failure(() -> gated.manifests().put(image, tag)).code()).isEqualTo(ErrorCode.DENIED);
    }

    @Test
    void aDryRunOnlyTells() {
        Repository dry = world.gated(GateRule.named("dry")
                .signedBy(GateWorld.SIGNED)
                .beforeTagging()
                .dryRun()
                .build());

        GateWorld.pushImage(dry, "v1");

        assertThat(world.told).extracting(GateRefusal::operation).containsExactly(GateRefusal.Operation.TAG);
    }
}
