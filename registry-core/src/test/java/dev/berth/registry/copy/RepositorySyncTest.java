package dev.berth.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.copy.WatchedRegistry.Kind;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepositorySyncTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final RepositoryName MIRROR = RepositoryName.parse("mirror/app");

    private final SampleImages samples = new SampleImages(20);
    private final WatchedRegistry from = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final WatchedRegistry to = new WatchedRegistry(StorageRegistry.over(MemoryObjectStore.create()));
    private final Repository source = from.repository(NAME);
    private final Repository target = to.repository(MIRROR);
    private final RepositoryLocation here = new RepositoryLocation(from, NAME);
    private final RepositoryLocation there = new RepositoryLocation(to, MIRROR);
    private final ImageCopier copier = ImageCopier.create();

    private SyncPlan plan(SyncOptions.Builder options) {
        return copier.plan(here, there, options.build());
    }

    private SyncResult sync(SyncOptions.Builder options) {
        return copier.sync(here, there, options.build());
    }

    private Manifest image(String tag) {
        return samples.image(source, List.of(100), Tag.of(tag));
    }

    private List<String> targetTags() {
        return target.tags().list().stream().map(Tag::value).toList();
    }

    private static List<String> lines(SyncPlan plan) {
        return plan.steps().stream().map(SyncStep::toString).toList();
    }

    private static String digits(Manifest manifest) {
        return manifest.digest().toString().substring(0, "sha256:".length() + 12);
    }

    @Test
    void newMovedDeletedAndUnchangedTagsAreToldApart() {
        image("same");
        Manifest before = image("moves");
        image("goes");
        sync(SyncOptions.builder());
        Manifest after = image("moves");
        Manifest added = image("new");
        Manifest gone = source.manifests().get(Tag.of("goes"));
        source.tags().delete(Tag.of("goes"));

        SyncPlan plan = plan(SyncOptions.builder().delete(true));

        assertThat(lines(plan))
                .containsExactly(
                        "move moves " + digits(before) + " -> " + digits(after),
                        "add new " + digits(added),
                        "delete goes " + digits(gone));
        assertThat(plan.unchanged()).isEqualTo(1);
        assertThat(plan.failures()).isEmpty();
        assertThat(plan.toString())
                .startsWith("Synchronise team/app in " + from.identity() + " to mirror/app in " + to.identity() + "\n")
                .contains("\n  add new " + digits(added) + "\n")
                .endsWith("  unchanged: 1\n");
    }

    @Test
    void planningWritesNothing() {
        image("1");
        to.forget();

        plan(SyncOptions.builder().delete(true));

        assertThat(to.begun(Kind.PUSH_BLOB)).isEmpty();
        assertThat(to.begun(Kind.PUT_MANIFEST)).isEmpty();
        assertThat(to.begun(Kind.DELETE_TAG)).isEmpty();
    }

    @Test
    void executingMakesTheTargetsTagsThoseOfTheSource() {
        image("1");
        Manifest two = image("2");
        sync(SyncOptions.builder());
        source.tags().delete(Tag.of("2"));
        Manifest one = image("1");
        Manifest three = image("3");

        SyncResult result = sync(SyncOptions.builder().delete(true));

        assertThat(targetTags()).containsExactly("1", "3");
        assertThat(target.manifests().get(Tag.of("1"))).isEqualTo(one);
        SampleImages.requireComplete(target, three.descriptor());
        assertThat(result.done()).hasSize(3);
        assertThat(result.failures()).isEmpty();
        assertThat(result.manifests().copied()).isEqualTo(2);
        assertThat(target.manifests().find(two.digest()))
                .as("only the tag is deleted")
                .isPresent();
        assertThat(plan(SyncOptions.builder().delete(true)).steps()).isEmpty();
    }

    @Test
    void withoutBeingAskedNothingIsDeleted() {
        image("1");
        image("2");
        sync(SyncOptions.builder());
        source.tags().delete(Tag.of("2"));

        sync(SyncOptions.builder());

        assertThat(targetTags()).containsExactly("1", "2");
    }

    @Test
    void theListOfReferrersOfAnOlderTargetIsNotDeleted() {
        image("1");
        sync(SyncOptions.builder());
        String list = target.tags()
                .resolve(Tag.of("1"))
                .orElseThrow()
                .digest()
                .toString()
                .replace(':', '-');
        samples.image(target, List.of(10), Tag.of(list));
        samples.image(target, List.of(10), Tag.of("sha256-1"));

        sync(SyncOptions.builder().delete(true));

        assertThat(targetTags()).containsExactly("1", list);
    }

    @Test
    void patternsChooseWhatIsCopiedAndWhatIsDeleted() {
        image("1.0");
        image("1.1");
        image("1.1-rc1");
        image("2.0");
        samples.image(target, List.of(10), Tag.of("1.9"));
        samples.image(target, List.of(10), Tag.of("1.9-rc1"));
        samples.image(target, List.of(10), Tag.of("own"));

        sync(SyncOptions.builder().include("1.*").exclude("*-rc?").delete(true));

        assertThat(targetTags()).containsExactly("1.0", "1.1", "1.9-rc1", "own");
    }

    @Test
    void blobsOfAllTagsAreMovedOnce() {
        byte[] shared = samples.layer(5000);
        for (String tag : List.of("1", "2", "3")) {
            samples.image(source, Platform.of("linux", "amd64"), List.of(shared, samples.layer(10)), Tag.of(tag));
        }

        SyncResult result = sync(SyncOptions.builder());

        assertThat(to.done(Kind.PUSH_BLOB)).doesNotHaveDuplicates();
        assertThat(result.blobs().copied()).isEqualTo(7);
    }

    @Test
    void signaturesThatAreNewAreFoundOnUnchangedTags() {
        Manifest image = image("1");
        SyncOptions.Builder options =
                SyncOptions.builder().copy(CopyOptions.builder().referrers(true).build());
        sync(options);
        assertThat(plan(options).steps()).isEmpty();
        Manifest signature = samples.referrer(source, image.descriptor(), "application/vnd.example.signature");
        samples.referrer(source, signature.descriptor(), "application/vnd.example.signature");

        assertThat(lines(plan(options))).containsExactly("complete 1 " + digits(image));
        assertThat(plan(SyncOptions.builder()).steps()).isEmpty();
        sync(options);

        assertThat(target.manifests().referrers(image.digest()).toList())
                .extracting(Descriptor::digest)
                .containsExactly(signature.digest());
        assertThat(target.manifests().referrers(signature.digest()).toList()).hasSize(1);
        assertThat(plan(options).steps()).isEmpty();
    }

    @Test
    void chosenPlatformsAreUnchangedTheSecondTime() {
        Platform amd64 = Platform.of("linux", "amd64");
        Platform arm64 = Platform.of("linux", "arm64");
        Platform s390x = Platform.of("linux", "s390x");
        Manifest index = samples.index(source, List.of(amd64, arm64, s390x), Tag.of("many"));
        samples.index(source, List.of(s390x), Tag.of("other"));
        for (List<Platform> chosen : List.of(List.of(arm64), List.of(arm64, amd64))) {
            CopyOptions.Builder copy = CopyOptions.builder().referrers(true);
            chosen.forEach(copy::platform);
            SyncOptions.Builder options = SyncOptions.builder().copy(copy.build());

            SyncResult result = sync(options);

            assertThat(result.done()).hasSize(1);
            assertThat(result.done().get(0).source()).contains(index.digest());
            assertThat(target.tags().resolve(Tag.of("many")).map(Descriptor::digest))
                    .isEqualTo(result.done().get(0).after());
            assertThat(result.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.tag()).isEqualTo(Tag.of("other"));
                assertThat(failure.cause()).hasMessageContaining("there are: linux/s390x");
            });
            SyncPlan again = plan(options);
            assertThat(again.steps()).isEmpty();
            assertThat(again.unchanged()).isEqualTo(1);
        }
    }

    @Test
    void whatIsCopiedIsWhatThePlanSaysAlsoIfTheSourceMovesOn() {
        Manifest planned = image("1");
        SyncPlan plan = plan(SyncOptions.builder());
        image("1");

        copier.execute(plan);

        assertThat(target.manifests().get(Tag.of("1"))).isEqualTo(planned);
    }

    @Test
    void aTagThatSomebodyElseMovedMeanwhileIsLeftAlone() {
        image("1");
        image("2");
        sync(SyncOptions.builder());
        image("1");
        source.tags().delete(Tag.of("2"));
        SyncPlan plan = plan(SyncOptions.builder().delete(true));
        Manifest theirs = samples.image(target, List.of(10), Tag.of("1"), Tag.of("2"));

        SyncResult result = copier.execute(plan);

        assertThat(result.done()).isEmpty();
        assertThat(result.failures())
                .extracting(failure -> failure.cause().code())
                .containsExactly(ErrorCode.PRECONDITION_FAILED, ErrorCode.PRECONDITION_FAILED);
        assertThat(target.manifests().get(Tag.of("1"))).isEqualTo(theirs);
        assertThat(target.manifests().get(Tag.of("2"))).isEqualTo(theirs);
    }

    @Test
    void aTagThatFailsDoesNotKeepTheOthersFromBeingCopied() {
        Manifest broken = image("1");
        image("2");
        Digest layer =
                ((ImageManifest) ManifestDocument.parse(broken)).layers().get(0).digest();
        source.blobs().delete(layer);

        SyncResult result = sync(SyncOptions.builder());

        assertThat(targetTags()).containsExactly("2");
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.tag()).isEqualTo(Tag.of("1"));
            assertThat(failure.cause().code()).isEqualTo(ErrorCode.BLOB_UNKNOWN);
        });
    }

    @Test
    void whereNothingMayBeWrittenTheFirstRefusalEndsIt() {
        image("1");
        image("2");
        image("3");
        List<String> steps = new ArrayList<>();
        to.guard(call -> {
            if (call.kind() == Kind.PUSH_BLOB) {
                throw RegistryException.of(ErrorCode.DENIED, "You may not push");
            }
        });

        SyncResult result =
                sync(SyncOptions.builder().onStep(step -> steps.add(step.tag().value())));

        assertThat(steps).containsExactly("1");
        assertThat(result.failures())
                .extracting(failure -> failure.tag().value())
                .containsExactly("1", "2", "3");
    }

    @Test
    void aTagThatIsListedButGoneIsNeitherCopiedNorDeleted() {
        image("1");
        sync(SyncOptions.builder());
        from.guard(call -> {
            if (call.subject().equals("1")) {
                throw RegistryException.of(ErrorCode.MANIFEST_UNKNOWN, "There is no such manifest");
            }
        });

        SyncPlan plan = plan(SyncOptions.builder().delete(true));

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.tag()).isEqualTo(Tag.of("1")));
        assertThat(plan.toString()).contains("cannot copy 1: ");
    }

    @Test
    void aSourceThatDoesNotExistIsAnErrorAndDeletesNothing() {
        samples.image(target, List.of(10), Tag.of("1"));

        assertThatThrownBy(() -> sync(SyncOptions.builder().delete(true)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_UNKNOWN))
                .hasMessageContaining("team/app");
        assertThat(targetTags()).containsExactly("1");
    }
}
