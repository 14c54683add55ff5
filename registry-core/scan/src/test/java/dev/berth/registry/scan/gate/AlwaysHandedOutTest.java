package dev.berth.registry.scan.gate;

import static dev.berth.registry.scan.gate.Refusals.assertDenied;
import static dev.berth.registry.scan.gate.Refusals.assertHandedOut;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.scan.signature.CosignSigner;
import dev.berth.registry.scan.signature.NotationSigner;
import dev.berth.registry.scan.signature.SignatureForm;
import dev.berth.registry.scan.signature.TestCertificate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people need to judge an image is handed out, whatever becomes of the image. */
class AlwaysHandedOutTest {
    private final GateWorld world = new GateWorld();
    private final Repository gated = world.gated(GateWorld.signedRule());
    private final Descriptor image = world.image("v1");
    private final String name = "registry.example/" + GateWorld.REPOSITORY;

    private Tag attached(String suffix) {
        return Tag.parse("sha256-" + image.digest().hex() + suffix);
    }

    @Test
    void signaturesOfEveryForm() {
        CosignSigner.of(GateWorld.STRANGER)
                .in(SignatureForm.COSIGN_TAG, SignatureForm.COSIGN_REFERRER, SignatureForm.BUNDLE)
                .sign(world.behind, image.digest(), name);
        TestCertificate root = TestCertificate.root("root");
        TestCertificate leaf = TestCertificate.leaf(root);
        NotationSigner.of(leaf.signingKey(), List.of(leaf.certificate(), root.certificate()))
                .sign(world.behind, image.digest());

        assertDenied(gated, GateWorld.V1, "must be signed by release");
        assertHandedOut(gated, attached(".sig"));
        List<Digest> referrers = gated.manifests().referrers(image.digest()).stream()
                .map(Descriptor::digest)
                .toList();
        assertThat(referrers).hasSize(3).allSatisfy(referrer -> assertHandedOut(gated, referrer));
    }

    @Test
    void attestations() {
        CosignSigner.of(GateWorld.STRANGER)
                .in(SignatureForm.COSIGN_TAG, SignatureForm.BUNDLE)
                .attest(world.behind, image.digest(), name, "https://cyclonedx.org/bom", "{}");

        assertHandedOut(gated, attached(".att"));
        gated.manifests().referrers(image.digest()).forEach(referrer -> assertHandedOut(gated, referrer.digest()));
    }

    @Test
    void attestationsOfBuildKit() {
        Descriptor attestation = GateWorld.push(
                world.behind,
                ImageManifest.of(
                                GateWorld.config(world.behind),
                                List.of(GateWorld.blob(world.behind, "application/vnd.in-toto+json", "{\"a\":1}")))
                        .toManifest());

        assertHandedOut(gated, attestation.digest());
    }

    @Test
    void boms() {
        Descriptor sbom = GateWorld.push(
                world.behind,
                ImageManifest.of(
                                GateWorld.blob(world.behind, "application/vnd.oci.empty.v1+json", "{}"),
                                List.of(GateWorld.blob(world.behind, "application/vnd.cyclonedx+json", " \n{\"a\":1}")))
                        .withArtifactType("application/vnd.cyclonedx+json")
                        .withSubject(image)
                        .toManifest(),
                attached(".sbom").value());

        assertHandedOut(gated, sbom.digest());
        assertHandedOut(gated, attached(".sbom"));
    }

    @Test
    void theNamesOfWhatThereIs() {
        assertThat(gated.tags().list().toList()).containsExactly(GateWorld.V1);
    }
}
