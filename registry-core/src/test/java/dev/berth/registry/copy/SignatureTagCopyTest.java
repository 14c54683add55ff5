package dev.berth.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.WatchedRegistry.Kind;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cosign keeps in tags of a digest is copied with the image, or missed. */
class SignatureTagCopyTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("v1");
    private static final Platform AMD64 = Platform.of("linux", "amd64");
    private static final Platform ARM64 = Platform.of("linux", "arm64");

    private final SampleImages samples = new SampleImages(41);
    private final WatchedRegistry from = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final WatchedRegistry to = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final Repository source = from.repository(NAME);
    private final Repository target = to.repository(NAME);
    private final List<CopyWarning> warnings = new ArrayList<>();

    private CopyResult copy(CopyOptions.Builder options) {
        CopyListener listener = new CopyListener() {
            @Override
            public void progress(CopyProgress progress) {
                // Only warnings matter here.
            }

            @Override
            public void warning(CopyWarning warning) {
                warnings.add(warning);
            }
        };
        return ImageCopier.create()
                .copy(
                        ImageLocation.of(from, NAME, ONE),
                        ImageLocation.of(to, NAME, ONE),
                        options.listener(listener).build());
    }

    private SyncPlan sync(SyncOptions.Builder options) {
        ImageCopier copier = ImageCopier.create();
        RepositoryLocation here = new RepositoryLocation(from, NAME);
        RepositoryLocation there = new RepositoryLocation(to, NAME);
        SyncPlan plan = copier.plan(here, there, options.build());
        assertThat(copier.execute(plan).failures()).isEmpty();
        return plan;
    }

    private static Tag tag(Digest digest, String suffix) {
        return Tag.parse("sha256-" + digest.hex() + suffix);
    }

    /** Pushes an image that stands for a signature, as cosign's do: without a subject, found by the tag only. */
    private Manifest sign(Digest digest, String suffix) {
        return samples.image(source, List.of(50), tag(digest, suffix));
    }

    private static List<Descriptor> children(Manifest index) {
        return ((ImageIndex) ManifestDocument.parse(index)).manifests();
    }

    private List<String> targetTags() {
        return target.tags().list().stream().map(Tag::value).toList();
    }

    @Test
    void withReferrersTheTagsOfEachManifestAreCopied() {
        Manifest index = samples.index(source, List.of(AMD64, ARM64), ONE);
        Digest child = children(index).get(1).digest();
        Manifest sbom = samples.referrer(source, index.descriptor(), "application/vnd.example.sbom");
        Manifest ofIndex = sign(index.digest(), ".sig");
        Manifest attestation = sign(index.digest(), ".att");
        Manifest ofChild = sign(child, ".sbom");
        Manifest ofReferrer = sign(sbom.digest(), ".sig");
        Manifest ofSbom = sign(ofChild.digest(), ".sig");

        copy(CopyOptions.builder().referrers(true).warnOfSignatures(true));

        assertThat(target.manifests().get(tag(index.digest(), ".sig"))).isEqualTo(ofIndex);
        assertThat(target.manifests().get(tag(index.digest(), ".att"))).isEqualTo(attestation);
        assertThat(target.manifests().get(tag(child, ".sbom"))).isEqualTo(ofChild);
        assertThat(target.manifests().get(tag(sbom.digest(), ".sig"))).isEqualTo(ofReferrer);
        assertThat(target.manifests().get(tag(ofChild.digest(), ".sig"))).isEqualTo(ofSbom);
        SampleImages.requireComplete(target, ofIndex.descriptor());
        assertThat(to.done(Kind.PUT_MANIFEST)).endsWith(ONE.value());
        assertThat(warnings).isEmpty();
    }

    @Test
    void eachMissingTagCostsOneRequest() {
        Manifest image = samples.image(source, List.of(10), ONE);
        from.forget();

        copy(CopyOptions.builder().referrers(true));

        assertThat(from.begun(Kind.RESOLVE_TAG))
                .containsExactlyInAnyOrder(
                        tag(image.digest(), ".sig").value(),
                        tag(image.digest(), ".att").value(),
                        tag(image.digest(), ".sbom").value());
        assertThat(targetTags()).containsExactly(ONE.value());
    }

    @Test
    void aSignatureThatIsNewIsSetOnTheNextCopy() {
        Manifest image = samples.image(source, List.of(10), ONE);
        sign(image.digest(), ".sig");
        copy(CopyOptions.builder().referrers(true));
        Manifest second = sign(image.digest(), ".sig");

        copy(CopyOptions.builder().referrers(true));

        assertThat(target.manifests().get(tag(image.digest(), ".sig"))).isEqualTo(second);
        to.forget();
        copy(CopyOptions.builder().referrers(true));
        assertThat(to.done(Kind.PUT_MANIFEST)).isEmpty();
    }

    @Test
    void withoutReferrersItIsSaidThatThereAreSignatures() {
        Manifest image = samples.image(source, List.of(10), ONE);
        sign(image.digest(), ".sig");
        samples.referrer(source, image.descriptor(), "application/vnd.example.signature");

        copy(CopyOptions.builder().warnOfSignatures(true));

        assertThat(targetTags()).containsExactly(ONE.value());
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.kind()).isEqualTo(CopyWarning.Kind.SIGNATURES_LEFT_OUT))
                .satisfies(warning -> assertThat(warning.message())
                        .contains(tag(image.digest(), ".sig").value(), "application/vnd.example.signature"));
    }

    @Test
    void nothingIsSaidIfThereAreNoneOrTheTargetHasThem() {
        Manifest image = samples.image(source, List.of(10), ONE);
        copy(CopyOptions.builder().warnOfSignatures(true));
        assertThat(warnings).isEmpty();
        sign(image.digest(), ".sig");
        samples.referrer(source, image.descriptor(), "application/vnd.example.signature");
        copy(CopyOptions.builder().referrers(true));

        copy(CopyOptions.builder().warnOfSignatures(true));

        assertThat(warnings).isEmpty();
    }

    @Test
    void aCopyDoesNotFailBecauseOfTheLook() {
        samples.image(source, List.of(10), ONE);
        from.guard(call -> {
            if (call.kind() == Kind.REFERRERS || call.kind() == Kind.RESOLVE_TAG) {
                throw RegistryException.of(ErrorCode.DENIED, "not for you");
            }
        });

        copy(CopyOptions.builder().warnOfSignatures(true));

        assertThat(targetTags()).containsExactly(ONE.value());
        assertThat(warnings).isEmpty();
    }

    @Test
    void signaturesOfAnIndexDoNotFollowOneOfItsPlatforms() {
        Manifest index = samples.index(source, List.of(AMD64, ARM64), ONE);
        Digest child = children(index).get(0).digest();
        sign(index.digest(), ".sig");
        sign(child, ".sig");

        copy(CopyOptions.builder().referrers(true).platform(AMD64).warnOfSignatures(true));

        assertThat(targetTags()).containsExactly(tag(child, ".sig").value(), ONE.value());
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.kind()).isEqualTo(CopyWarning.Kind.SIGNATURES_NOT_VALID))
                .satisfies(warning -> assertThat(warning.message())
                        .contains(tag(index.digest(), ".sig").value(), child.toString()));
    }

    @Test
    void aFilterOfTagsTakesTheSignaturesOfWhatItMatches() {
        Manifest matched = samples.image(source, List.of(10), ONE);
        Manifest other = samples.image(source, List.of(10), Tag.parse("w1"));
        sign(matched.digest(), ".sig");
        sign(other.digest(), ".sig");
        SyncOptions.Builder options = SyncOptions.builder()
                .include("v*")
                .copy(CopyOptions.builder().referrers(true).build());

        sync(options);

        assertThat(targetTags()).containsExactly(tag(matched.digest(), ".sig").value(), ONE.value());
        sign(matched.digest(), ".att");
        assertThat(sync(options).steps()).extracting(SyncStep::action).containsExactly(SyncStep.Action.COMPLETE);
        assertThat(targetTags()).contains(tag(matched.digest(), ".att").value());
        assertThat(sync(options).steps()).isEmpty();
    }

    @Test
    void signaturesAreSynchronisedOnceWithTheirImages() {
        Manifest index = samples.index(source, List.of(AMD64, ARM64), ONE);
        sign(index.digest(), ".sig");
        sign(children(index).get(0).digest(), ".sig");
        SyncOptions.Builder options =
                SyncOptions.builder().copy(CopyOptions.builder().referrers(true).build());

        SyncPlan plan = sync(options);

        assertThat(plan.steps()).extracting(SyncStep::tag).doesNotContain(tag(index.digest(), ".sig"));
        assertThat(to.done(Kind.PUT_MANIFEST)).doesNotHaveDuplicates();
        assertThat(targetTags()).hasSize(3);
        assertThat(sync(options).steps()).isEmpty();
        source.tags().list().toList().forEach(source.tags()::delete);
        samples.image(source, List.of(5), ONE);
        sync(SyncOptions.builder().delete(true).copy(CopyOptions.defaults()));
        assertThat(targetTags()).containsExactly(ONE.value());
    }

    @Test
    void withAPlatformTheSignaturesOfWhatIsCopiedAreCopied() {
        Manifest index = samples.index(source, List.of(AMD64, ARM64), ONE);
        Digest child = children(index).get(0).digest();
        sign(index.digest(), ".sig");
        sign(child, ".sig");

        sync(SyncOptions.builder().copy(CopyOptions.builder().platform(AMD64).build()));

        assertThat(targetTags()).containsExactly(tag(child, ".sig").value(), ONE.value());
    }
}
