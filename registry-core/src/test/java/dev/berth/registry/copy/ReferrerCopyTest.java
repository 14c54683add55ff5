package dev.berth.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.WatchedRegistry.Kind;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferrerCopyTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1");
    private static final String SIGNATURE = "application/vnd.example.signature";
    private static final String SBOM = "application/vnd.example.sbom";

    private final SampleImages samples = new SampleImages(12);
    private final WatchedRegistry from = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final WatchedRegistry to = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final Repository source = from.repository(NAME);
    private final Repository target = to.repository(NAME);

    private CopyResult copy(CopyOptions.Builder options) {
        return ImageCopier.create()
                .copy(ImageLocation.of(from, NAME, ONE), ImageLocation.of(to, NAME, ONE), options.build());
    }

    private List<Descriptor> referrers(Descriptor subject) {
        return target.manifests().referrers(subject.digest()).toList();
    }

    @Test
    void withoutBeingAskedForReferrersStay() {
        Manifest image = samples.image(source, List.of(10), ONE);
        samples.referrer(source, image.descriptor(), SIGNATURE);

        copy(CopyOptions.builder());

        assertThat(referrers(image.descriptor())).isEmpty();
        assertThat(from.begun(Kind.REFERRERS)).isEmpty();
    }

    @Test
    void signaturesOfSignaturesAreCopied() {
        Manifest image = samples.image(source, List.of(10), ONE);
        Manifest sbom = samples.referrer(source, image.descriptor(), SBOM);
        Manifest signature = samples.referrer(source, sbom.descriptor(), SIGNATURE);
        Manifest second = samples.referrer(source, signature.descriptor(), SIGNATURE);

        CopyResult result = copy(CopyOptions.builder().referrers(true));

        assertThat(referrers(image.descriptor()))
                .isEqualTo(source.manifests().referrers(image.digest()).toList());
        assertThat(target.manifests().get(signature.digest())).isEqualTo(signature);
        SampleImages.requireComplete(target, second.descriptor());
        assertThat(result.manifests().copied()).isEqualTo(4);
    }

    @Test
    void whatRefersToAPartOfAnIndexIsCopied() {
        Manifest index =
                samples.index(source, List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")), ONE);
        Descriptor child =
                ((ImageIndex) ManifestDocument.parse(index)).manifests().get(1);
        Manifest ofChild = samples.referrer(source, child, SIGNATURE);
        Manifest ofIndex = samples.referrer(source, index.descriptor(), SIGNATURE);

        copy(CopyOptions.builder().referrers(true));

        assertThat(referrers(child)).extracting(Descriptor::digest).containsExactly(ofChild.digest());
        assertThat(referrers(index.descriptor())).extracting(Descriptor::digest).containsExactly(ofIndex.digest());
    }

    @Test
    void ofAChosenPlatformItsOwnReferrersAreCopied() {
        Manifest index =
                samples.index(source, List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64")), ONE);
        Descriptor child =
                ((ImageIndex) ManifestDocument.parse(index)).manifests().get(1);
        Manifest ofChild = samples.referrer(source, child, SIGNATURE);
        samples.referrer(source, index.descriptor(), SIGNATURE);

        copy(CopyOptions.builder().referrers(true).platform(Platform.of("linux", "arm64")));

        assertThat(referrers(child)).extracting(Descriptor::digest).containsExactly(ofChild.digest());
        assertThat(referrers(index.descriptor())).isEmpty();
    }

    @Test
    void theSubjectComesFirstAndTheTagLast() {
        Manifest image = samples.image(source, List.of(10), ONE);
        Manifest sbom = samples.referrer(source, image.descriptor(), SBOM);
        Manifest signature = samples.referrer(source, sbom.descriptor(), SIGNATURE);

        copy(CopyOptions.builder().referrers(true));

        assertThat(to.done(Kind.PUT_MANIFEST))
                .containsExactly(
                        image.digest().toString(),
                        sbom.digest().toString(),
                        signature.digest().toString(),
                        "1");
    }

    @Test
    void aSignatureThatIsNewIsCopiedToAnImageThatIsThere() {
        Manifest image = samples.image(source, List.of(10), ONE);
        copy(CopyOptions.builder().referrers(true));
        Manifest signature = samples.referrer(source, image.descriptor(), SIGNATURE);
        to.forget();

        CopyResult result = copy(CopyOptions.builder().referrers(true));

        assertThat(to.done(Kind.PUT_MANIFEST))
                .containsExactly(signature.digest().toString());
        assertThat(result.manifests()).isEqualTo(new CopyCounts(1, 0, 1, 0, signature.size()));
    }

    @Test
    void aSignatureCanBeCopiedByItselfAndDoesNotBringItsSubject() {
        Manifest image = samples.image(source, List.of(10));
        Manifest signature = samples.referrer(source, image.descriptor(), SIGNATURE);
        source.tags().put(ONE, signature.digest());

        copy(CopyOptions.builder().referrers(true));

        assertThat(target.manifests().get(ONE)).isEqualTo(signature);
        assertThat(target.manifests().find(image.digest())).isEmpty();
    }
}
