package dev.berth.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Docker's media types are replaced by those of OCI, in a manifest and all that an index lists. */
class OciFormatCopyTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1");
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final Platform ARM64 = Platform.of("linux", "arm64");
    private static final String DESCRIBED = "vnd.docker.reference.digest";

    private final SampleImages samples = new SampleImages(61);
    private final WatchedRegistry from = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final WatchedRegistry to = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final Repository source = from.repository(NAME);
    private final Repository target = to.repository(NAME);
    private final List<CopyWarning> warnings = new ArrayList<>();

    private CopyOptions.Builder oci() {
        return CopyOptions.builder().format(ManifestFormat.OCI).listener(new CopyListener() {
            @Override
            public void progress(CopyProgress progress) {
                // Only warnings matter here.
            }

            @Override
            public void warning(CopyWarning warning) {
                warnings.add(warning);
            }
        });
    }

    private CopyResult copy(CopyOptions.Builder options, ManifestSelector selector) {
        return ImageCopier.create()
                .copy(ImageLocation.of(from, NAME, ONE), ImageLocation.of(to, NAME, selector), options.build());
    }

    private ImageManifest image(ManifestSelector selector) {
        return (ImageManifest) ManifestDocument.parse(target.manifests().get(selector));
    }

    /** Pushes an image as Docker writes them, with a layer of another host. */
    private Manifest docker(Platform platform, Tag... tags) {
        ImageManifest oci = (ImageManifest) ManifestDocument.parse(
                samples.image(source, platform, List.of(samples.layer(100), samples.layer(200))));
        byte[] foreign = samples.layer(10);
        source.blobs().push(Digest.sha256(foreign), BlobSource.of(foreign));
        List<Descriptor> layers = new ArrayList<>(oci.layers().stream()
                .map(layer -> layer.withMediaType(MediaTypes.DOCKER_LAYER))
                .toList());
        layers.add(new Descriptor(
                MediaTypes.DOCKER_FOREIGN_LAYER,
                Digest.sha256(foreign),
                foreign.length,
                Optional.empty(),
                Map.of(),
                List.of("https://layers.example/base"),
                Optional.empty(),
                Optional.empty()));
        Manifest manifest = new ImageManifest(
                        MediaTypes.DOCKER_MANIFEST,
                        Optional.empty(),
                        oci.config().withMediaType(MediaTypes.DOCKER_CONFIG),
                        layers,
                        Optional.empty(),
                        Map.of(),
                        Optional.empty())
                .toManifest();
        source.manifests().put(manifest, tags);
        return manifest;
    }

    @Test
    void anImageHasOnlyMediaTypesOfOci() {
        Manifest before = docker(AMD64, ONE);

        CopyResult result = copy(oci(), ONE);

        ImageManifest image = image(ONE);
        ImageManifest original = (ImageManifest) ManifestDocument.parse(before);
        assertThat(image.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(image.config()).isEqualTo(original.config().withMediaType(MediaTypes.OCI_CONFIG));
        assertThat(image.layers())
                .extracting(Descriptor::mediaType)
                .containsExactly(
                        MediaTypes.OCI_LAYER_TAR_GZIP,
                        MediaTypes.OCI_LAYER_TAR_GZIP,
                        MediaTypes.OCI_NONDISTRIBUTABLE_LAYER_PREFIX + "v1.tar+gzip");
        assertThat(image.layers())
                .extracting(Descriptor::digest)
                .containsExactlyElementsOf(
                        original.layers().stream().map(Descriptor::digest).toList());
        assertThat(image.layers().get(2).urls()).containsExactly("https://layers.example/base");
        assertThat(new String(target.manifests().get(ONE).bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("vnd.docker");
        SampleImages.requireComplete(target, target.manifests().get(ONE).descriptor());
        assertThat(result.digestChanged()).isTrue();
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.kind()).isEqualTo(CopyWarning.Kind.DIGEST_CHANGED))
                .satisfies(warning -> assertThat(warning.message())
                        .contains(
                                before.digest().toString(),
                                image.toManifest().digest().toString()));
    }

    @Test
    void aListAndItsImagesAreConvertedAndAttestationsDescribeTheNewOnes() {
        Descriptor amd64 = docker(AMD64).descriptor().withPlatform(AMD64);
        Descriptor arm64 = docker(ARM64).descriptor().withPlatform(ARM64);
        Descriptor attestation = samples.image(source, List.of(10))
                .descriptor()
                .withPlatform(Platform.of("unknown", "unknown"))
                .withAnnotations(Map.of(DESCRIBED, amd64.digest().toString()));
        Manifest list = new ImageIndex(
                        MediaTypes.DOCKER_MANIFEST_LIST,
                        Optional.empty(),
                        List.of(attestation, amd64, arm64),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty())
                .toManifest();
        source.manifests().put(list, ONE);

        copy(oci(), ONE);

        ImageIndex index =
                (ImageIndex) ManifestDocument.parse(target.manifests().get(ONE));
        assertThat(index.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(index.manifests()).extracting(Descriptor::mediaType).containsOnly(MediaTypes.OCI_MANIFEST);
        assertThat(index.manifests().subList(1, 3))
                .extracting(child -> child.platform().orElseThrow())
                .containsExactly(AMD64, ARM64);
        assertThat(index.manifests().get(0).digest()).isEqualTo(attestation.digest());
        assertThat(index.manifests().get(0).annotations())
                .containsEntry(DESCRIBED, index.manifests().get(1).digest().toString());
        SampleImages.requireComplete(target, target.manifests().get(ONE).descriptor());
        to.forget();
        copy(oci(), ONE);
        assertThat(to.done(WatchedRegistry.Kind.PUT_MANIFEST)).isEmpty();
    }

    @Test
    void whatIsInTheFormatStaysWithWhatRefersToIt() {
        Manifest image = samples.image(source, List.of(10), ONE);
        Manifest signature = samples.referrer(source, image.descriptor(), "application/vnd.example.signature");

        copy(oci().referrers(true), ONE);

        assertThat(target.manifests().get(ONE)).isEqualTo(image);
        assertThat(target.manifests().referrers(image.digest()).toList())
                .extracting(Descriptor::digest)
                .containsExactly(signature.digest());
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatRefersToTheOldDigestIsNotCopiedAndThatIsSaid() {
        Manifest image = docker(AMD64, ONE);
        Manifest signature = samples.referrer(source, image.descriptor(), "application/vnd.example.signature");

        copy(oci().referrers(true).warnOfSignatures(true), ONE);

        assertThat(target.manifests().find(signature.digest())).isEmpty();
        assertThat(warnings)
                .extracting(CopyWarning::kind)
                .containsExactly(CopyWarning.Kind.DIGEST_CHANGED, CopyWarning.Kind.SIGNATURES_NOT_VALID);
        assertThat(warnings.get(0).message()).contains("1 manifests that belong");
    }

    @Test
    void aTargetNamedByDigestGetsThoseBytes() {
        Manifest image = docker(AMD64, ONE);

        copy(oci(), image.digest());

        assertThat(target.manifests().get(image.digest())).isEqualTo(image);
        assertThat(warnings).isEmpty();
    }

    @Test
    void aSynchronisationConvertsOnce() {
        docker(AMD64, ONE);
        samples.image(source, List.of(10), Tag.parse("2"));
        RepositoryLocation here = new RepositoryLocation(from, NAME);
        RepositoryLocation there = new RepositoryLocation(to, NAME);
        SyncOptions options = SyncOptions.builder().copy(oci().build()).build();

        assertThat(ImageCopier.create().sync(here, there, options).failures()).isEmpty();

        assertThat(image(ONE).mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        SyncPlan again = ImageCopier.create().plan(here, there, options);
        assertThat(again.steps()).isEmpty();
        assertThat(again.unchanged()).isEqualTo(2);
    }
}
