package dev.berth.registry.scan.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.InventorySource;
import dev.berth.registry.scan.report.TestReports;
import dev.berth.registry.scan.signature.CosignSigner;
import dev.berth.registry.scan.signature.SignatureForm;
import dev.berth.registry.scan.signature.SignatureVerifier;
import dev.berth.registry.scan.signature.SigningKey;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.scan.signature.TrustedKeys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttachedSbomsTest {
    private static final String CURL = "pkg:deb/debian/curl@8.1-1?arch=amd64&distro=debian-12";
    private static final String ZLIB = "pkg:deb/debian/zlib1g@1%3A1.3-1?arch=amd64&distro=debian-13";
    private static final String SPDX =
            "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{\"name\":\"curl\",\"externalRefs\":["
                    + "{\"referenceCategory\":\"PACKAGE-MANAGER\",\"referenceType\":\"purl\",\"referenceLocator\":\""
                    + CURL
                    + "\"}]}]}";

    private final SbomWorld world = new SbomWorld();
    private final InventorySource source = AttachedSboms.create().before(SbomWorld.LAYERS);

    @Test
    void withoutAnSbomTheLayersAreRead() {
        assertThat(packages(source)).containsExactly(ZLIB);
    }

    @Test
    void anSbomThatIsAReferrerIsReadInstead() {
        world.attach(SbomTypes.CYCLONEDX, SbomTypes.CYCLONEDX, SbomWorld.CYCLONEDX.getBytes(UTF_8));

        assertThat(packages(source)).containsExactly(CURL);
        ImageInventory inventory = source.read(world.repository, world.image);
        assertThat(inventory.packages().get(0).ecosystem()).contains("Debian:12");
        assertThat(inventory.packages().get(0).layer()).isEmpty();
    }

    @Test
    void anSbomOfSpdxIsRead() {
        world.attach("application/spdx+json", "application/spdx+json", SPDX.getBytes(UTF_8));

        assertThat(packages(source)).containsExactly(CURL);
    }

    @Test
    void theArtifactTypeSaysWhatItIsWhereTheLayerDoesNot() {
        world.attach("application/spdx+json", MediaTypes.OCI_LAYER_TAR, SPDX.getBytes(UTF_8));

        assertThat(packages(source)).containsExactly(CURL);
    }

    @Test
    void anSbomAtTheTagOfCosignIsRead() {
        Manifest sbom = world.artifact("x/y", world.push("text/spdx+json", SPDX.getBytes(UTF_8)))
                .toManifest();
        world.repository
                .manifests()
                .put(sbom, Tag.parse("sha256-" + world.image.digest().hex() + ".sbom"));

        assertThat(packages(source)).containsExactly(CURL);
    }

    @Test
    void anSbomOfThisProjectIsNotOneOfOthers() {
        SbomAttachment.of((repository, image) ->
                        AttachedSboms.create().before(SbomWorld.LAYERS).read(repository, image))
                .attach(world.repository, world.image);

        assertThat(AttachedSboms.create().read(world.repository, world.image, Optional.empty()))
                .isEmpty();
    }

    @Test
    void anAttestationOfCosignIsReadWhetherAtTheTagOrInABundle() {
        SigningKey key = SigningKey.generate();
        CosignSigner.of(key)
                .attest(
                        world.repository,
                        world.image.digest(),
                        "registry.example/team/app",
                        "https://cyclonedx.org/bom",
                        SbomWorld.CYCLONEDX);
        CosignSigner.of(key)
                .in(SignatureForm.BUNDLE)
                .attest(
                        world.repository,
                        world.image.digest(),
                        "registry.example/team/app",
                        "https://spdx.dev/Document",
                        SPDX);

        assertThat(packages(source)).containsExactly(CURL);
        assertThat(AttachedSboms.create().read(world.repository, world.image, Optional.empty()))
                .hasSize(2)
                .allSatisfy(found -> {
                    assertThat(found.place()).isEqualTo(AttachedSbom.Place.ATTESTATION);
                    assertThat(found.inventory()).isPresent();
                    assertThat(found.signer()).isEmpty();
                });
    }

    @Test
    void anAttestationOfSomethingElseIsNone() {
        CosignSigner.of(SigningKey.generate())
                .attest(
                        world.repository,
                        world.image.digest(),
                        "registry.example/team/app",
                        "https://slsa.dev/provenance/v1",
                        SbomWorld.CYCLONEDX);

        assertThat(packages(source)).containsExactly(ZLIB);
    }

    @Test
    void whatBuildKitPutsIntoTheIndexIsRead() {
        Manifest index = buildKit(SbomWorld.statement(world.image.digest(), "https://spdx.dev/Document", SPDX));

        assertThat(packages(source.within(index))).containsExactly(CURL);
        assertThat(packages(source)).containsExactly(ZLIB);
        Manifest other = world.pushImage("arm64", "libc6");
        assertThat(SbomWorld.urls(source.within(index).read(world.repository, other)))
                .hasSize(1)
                .noneMatch(CURL::equals);
    }

    @Test
    void aStatementAboutAnotherImageIsRefused() {
        Manifest index = buildKit(SbomWorld.statement(TestReports.IMAGE, "https://spdx.dev/Document", SPDX));

        assertThat(packages(source.within(index))).containsExactly(ZLIB);
        assertThat(AttachedSboms.create().read(world.repository, world.image, Optional.of(index)))
                .singleElement()
                .satisfies(found -> assertThat(found.problem()).contains("no statement about " + world.image.digest()));
    }

    @Test
    void whatDockerAttachesAsAReferrerIsRead() {
        world.attach(
                SbomTypes.DOCKER_ATTESTATION,
                SbomTypes.IN_TOTO,
                SbomWorld.statement(world.image.digest(), "https://spdx.dev/Document", SPDX)
                        .getBytes(UTF_8));

        assertThat(packages(source)).containsExactly(CURL);
    }

    @Test
    void anSbomThatCannotBeReadLeavesTheNextOne() {
        world.attach(SbomTypes.CYCLONEDX, SbomTypes.CYCLONEDX, "{\"bomFormat\":".getBytes(UTF_8));
        world.attach(
                SbomTypes.CYCLONEDX,
                SbomTypes.CYCLONEDX,
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}".getBytes(UTF_8));
        assertThat(packages(source)).containsExactly(ZLIB);

        world.attach(SbomTypes.CYCLONEDX, SbomTypes.CYCLONEDX, SbomWorld.CYCLONEDX.getBytes(UTF_8));

        assertThat(packages(source)).containsExactly(CURL);
        assertThat(AttachedSboms.create().read(world.repository, world.image, Optional.empty()))
                .extracting(found -> found.problem().isEmpty() ? "read" : "refused")
                .containsExactlyInAnyOrder("read", "refused", "refused");
    }

    @Test
    void whatIsNotSignedIsNotBelievedWhereKeysAreGiven() {
        SigningKey trusted = SigningKey.generate();
        SigningKey stranger = SigningKey.generate();
        InventorySource signed =
                AttachedSboms.create().signedBy(verifier(trusted)).before(SbomWorld.LAYERS);
        Descriptor referrer =
                world.attach(SbomTypes.CYCLONEDX, SbomTypes.CYCLONEDX, SbomWorld.CYCLONEDX.getBytes(UTF_8));
        CosignSigner.of(stranger)
                .attest(
                        world.repository,
                        world.image.digest(),
                        "registry.example/team/app",
                        "https://cyclonedx.org/bom",
                        SbomWorld.CYCLONEDX);
        CosignSigner.of(stranger).sign(world.repository, referrer.digest(), "registry.example/team/app");
        assertThat(packages(signed)).containsExactly(ZLIB);

        CosignSigner.of(trusted).sign(world.repository, referrer.digest(), "registry.example/team/app");

        assertThat(packages(signed)).containsExactly(CURL);
    }

    @Test
    void anAttestationByATrustedKeyIsBelieved() {
        SigningKey trusted = SigningKey.generate();
        CosignSigner.of(trusted)
                .in(SignatureForm.BUNDLE)
                .attest(
                        world.repository,
                        world.image.digest(),
                        "registry.example/team/app",
                        "https://cyclonedx.org/bom",
                        SbomWorld.CYCLONEDX);

        List<AttachedSbom> found = AttachedSboms.create()
                .signedBy(verifier(trusted))
                .read(world.repository, world.image, Optional.empty())
                .toList();

        assertThat(found)
                .singleElement()
                .satisfies(one -> assertThat(one.signer()).contains("team"));
    }

    @Test
    void theSignatureOfAnIndexCountsForWhatBuildKitPutsIntoIt() {
        SigningKey trusted = SigningKey.generate();
        Manifest index = buildKit(SbomWorld.statement(world.image.digest(), "https://spdx.dev/Document", SPDX));
        InventorySource signed = AttachedSboms.create()
                .signedBy(verifier(trusted))
                .before(SbomWorld.LAYERS)
                .within(index);
        assertThat(packages(signed)).containsExactly(ZLIB);

        CosignSigner.of(trusted).sign(world.repository, index.digest(), "registry.example/team/app");

        assertThat(packages(signed)).containsExactly(CURL);
    }

    private Manifest buildKit(String statement) {
        Descriptor layer = world.push(SbomTypes.IN_TOTO, statement.getBytes(UTF_8))
                .withAnnotations(Map.of(SbomTypes.PREDICATE_ANNOTATION, "https://spdx.dev/Document"));
        Descriptor provenance = world.push(SbomTypes.IN_TOTO, "{}".getBytes(UTF_8))
                .withAnnotations(Map.of(SbomTypes.PREDICATE_ANNOTATION, "https://slsa.dev/provenance/v0.2"));
        Manifest attestation = world.put(ImageManifest.of(
                        world.push(
                                MediaTypes.OCI_CONFIG,
                                "{\"architecture\":\"unknown\",\"os\":\"unknown\"}".getBytes(UTF_8)),
                        List.of(provenance, layer))
                .toManifest());
        return world.pushIndex(
                world.entry(world.image, "amd64"),
                attestation
                        .descriptor()
                        .withPlatform(Platform.of("unknown", "unknown"))
                        .withAnnotations(Map.of(
                                SbomTypes.REFERENCE_TYPE,
                                SbomTypes.ATTESTATION_MANIFEST,
                                SbomTypes.REFERENCE_DIGEST,
                                world.image.digest().toString())));
    }

    private static SignatureVerifier verifier(SigningKey key) {
        return SignatureVerifier.builder()
                .keys(TrustedKeys.of(List.of(TrustedKey.of("team", key.publicKey()))))
                .build();
    }

    private List<String> packages(InventorySource from) {
        return SbomWorld.urls(from.read(world.repository, world.image));
    }
}
