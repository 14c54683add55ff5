package dev.berth.registry.scan.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.inventory.ImageInventory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.model.Bom;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;

class SbomAttachmentTest {
    private final SbomWorld world = new SbomWorld();
    private final SbomAttachment attachment = SbomAttachment.of(SbomWorld.LAYERS);

    @Test
    void anSbomIsAReferrerOfItsImage() throws IOException, ParseException {
        List<Descriptor> attached = attachment.attach(world.repository, world.image);

        Descriptor referrer = only(
                world.repository.manifests().referrers(world.image.digest()).toList());
        assertThat(attached).extracting(Descriptor::digest).containsExactly(referrer.digest());
        assertThat(referrer.artifactType()).contains("application/vnd.cyclonedx+json");
        byte[] document = content(referrer);
        assertThat(new JsonParser().validate(document, Version.VERSION_16)).isEmpty();
        Bom bom = new JsonParser().parse(document);
        assertThat(bom.getComponents())
                .extracting(component -> component.getName() + " " + component.getVersion())
                .containsExactly("debian 13", "zlib1g 1:1.3-1");
        assertThat(bom.getMetadata().getComponent().getVersion())
                .isEqualTo(world.image.digest().toString());
        assertThat(bom.getMetadata().getTimestamp()).isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void attachingTwiceLeavesOne() {
        List<Descriptor> first = attachment.attach(world.repository, world.image);
        List<Descriptor> second = attachment.attach(world.repository, world.image);

        assertThat(second).isEqualTo(first);
        assertThat(referrers(world.image)).hasSize(1);
    }

    @Test
    void aNewerOneTakesThePlaceOfTheOlderButNotOfThoseOfOthers() {
        Descriptor theirs = world.attach(SbomTypes.CYCLONEDX, SbomTypes.CYCLONEDX, SbomWorld.CYCLONEDX.getBytes(UTF_8));
        attachment.attach(world.repository, world.image);
        SbomAttachment later = SbomAttachment.of((repository, image) -> {
            ImageInventory before = SbomWorld.LAYERS.read(repository, image);
            return new ImageInventory(before.distribution(), before.packages(), List.of("more was looked for"));
        });

        List<Descriptor> newest = later.attach(world.repository, world.image);

        assertThat(referrers(world.image))
                .containsExactlyInAnyOrder(
                        theirs.digest().toString(), newest.get(0).digest().toString());
    }

    @Test
    void eachImageOfAnIndexHasOne() {
        Manifest arm = world.pushImage("arm64", "libc6");
        Manifest absent = ImageManifest.of(world.push(MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8)), List.of())
                .toManifest();
        Manifest attestation = world.put(world.artifact("a/b", world.push(SbomTypes.IN_TOTO, "{}".getBytes(UTF_8)))
                .toManifest());
        Manifest inner = world.pushIndex(world.entry(arm, "arm64"));
        Manifest index = world.pushIndex(
                world.entry(world.image, "amd64"),
                world.entry(world.image, "amd64"),
                inner.descriptor(),
                attestation
                        .descriptor()
                        .withPlatform(Platform.of("unknown", "unknown"))
                        .withAnnotations(Map.of(SbomTypes.REFERENCE_TYPE, SbomTypes.ATTESTATION_MANIFEST)));

        List<Descriptor> attached = attachment.attach(world.repository, index);

        assertThat(attached).hasSize(2);
        assertThat(referrers(world.image)).hasSize(1);
        assertThat(referrers(arm)).hasSize(1);
        assertThat(referrers(attestation)).isEmpty();
        assertThat(referrers(index)).isEmpty();
        assertThat(world.repository.manifests().find(absent.digest())).isEmpty();
    }

    @Test
    void anArtifactThatIsNoImageIsRefused() {
        Manifest artifact = world.put(
                world.artifact("a/b", world.push("a/b", "x".getBytes(UTF_8))).toManifest());

        assertThatThrownBy(() -> attachment.attach(world.repository, artifact))
                .isInstanceOf(RegistryException.class)
                .extracting(e -> ((RegistryException) e).code())
                .isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(referrers(artifact)).isEmpty();
    }

    @Test
    void anImageWhoseConfigurationIsNoneHasAnSbomAllTheSame() throws IOException, ParseException {
        ImageManifest image = (ImageManifest) ManifestDocument.parse(world.image);
        Manifest broken =
                world.put(ImageManifest.of(world.push(MediaTypes.OCI_CONFIG, "[]".getBytes(UTF_8)), image.layers())
                        .toManifest());

        Descriptor attached = only(attachment.attach(world.repository, broken));

        assertThat(new String(content(attached), UTF_8)).doesNotContain("timestamp");
        assertThat(new JsonParser().parse(content(attached)).getComponents()).hasSize(2);
    }

    @Test
    void aRegistryThatTakesNothingSaysSo() {
        var readOnly = ReadOnly.of(world.registry).repository(world.repository.name());

        assertThatThrownBy(() -> attachment.attach(readOnly, world.image)).isInstanceOf(RegistryException.class);
    }

    private List<String> referrers(Manifest of) {
        List<String> digests = new ArrayList<>();
        world.repository
                .manifests()
                .referrers(of.digest())
                .forEach(one -> digests.add(one.digest().toString()));
        return digests;
    }

    private byte[] content(Descriptor sbom) throws IOException {
        ImageManifest manifest = (ImageManifest)
                ManifestDocument.parse(world.repository.manifests().get(sbom.digest()));
        assertThat(manifest.subject().map(Descriptor::digest)).isNotEqualTo(Optional.empty());
        try (BlobContent blob =
                world.repository.blobs().open(only(manifest.layers()).digest())) {
            return blob.readAllBytes(1 << 20);
        }
    }

    private static Descriptor only(List<Descriptor> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }
}
