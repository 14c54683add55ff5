package dev.berth.registry.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.ServedRegistry;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three registries as one: the first over a socket, so that it can fail as they do. */
class UnionTest {
    private static final String APP = "team/app";
    private static final Tag LATEST = Tag.parse("latest");

    private final ServedRegistry served = new ServedRegistry();
    private final Registry remote = RemoteRegistry.at(
            served.address(), RemoteOptions.builder().retry(RetryPolicy.none()).build());
    private final Registry second = StorageRegistry.over(MemoryObjectStore.create());
    private final Registry third = StorageRegistry.over(MemoryObjectStore.create());
    private final Registry union = Union.of(List.of(remote, second, third));

    UnionTest() throws IOException {}

    @AfterEach
    void close() {
        remote.close();
        served.close();
    }

    private Repository app() {
        return union.repository(APP);
    }

    private static Manifest image(Registry registry, long seed, Tag... tags) {
        Manifest image = Content.image(registry.repository(APP), seed);
        registry.repository(APP).manifests().put(image, tags);
        return image;
    }

    private static Digest layer(Manifest image) {
        return ManifestDocument.parse(image).references().get(1).digest();
    }

    private static byte[] read(Repository repository, Digest blob) throws IOException {
        try (BlobContent content = repository.blobs().open(blob)) {
            return content.stream().readAllBytes();
        }
    }

    private static RegistryException failure(ThrowingCallable call) {
        RegistryException failure = catchThrowableOfType(RegistryException.class, call);
        assertThat(failure).as("failure").isNotNull();
        return failure;
    }

    private void firstAnswers(int status) {
        served.filter((request, next) -> RegistryResponse.builder(status).build());
    }

    @Test
    void theFirstThatHasATagDecidesWhatItIs() {
        Manifest ours = image(served.stored(), 1, LATEST);
        Manifest theirs = image(second, 2, LATEST, Tag.parse("2.0"));
        Manifest last = image(third, 3, Tag.parse("2.0"), Tag.parse("3.0"));

        assertThat(app().manifests().get(LATEST)).isEqualTo(ours);
        assertThat(app().manifests().find(LATEST)).contains(ours.descriptor());
        assertThat(app().tags().resolve(Tag.parse("2.0"))).contains(theirs.descriptor());
        assertThat(app().manifests().get(Tag.parse("3.0"))).isEqualTo(last);
        assertThat(app().manifests().get(theirs.digest())).isEqualTo(theirs);
    }

    @Test
    void blobsAreThoseOfAll() throws Exception {
        Manifest image = image(third, 3, LATEST);

        assertThat(app().blobs().find(layer(image))).isPresent();
        assertThat(read(app(), layer(image))).isEqualTo(read(third.repository(APP), layer(image)));
        assertThat(union.repository("team/other").blobs().find(layer(image))).isEmpty();
    }

    @Test
    void whatNoneHasIsUnknown() {
        image(second, 2, LATEST);
        Digest other = Digest.sha256(new byte[] {1});

        assertThat(app().manifests().find(Tag.parse("none"))).isEmpty();
        assertThat(failure(() -> app().manifests().get(Tag.parse("none"))).code())
                .isEqualTo(ErrorCode.MANIFEST_UNKNOWN);
        assertThat(failure(() -> app().blobs().open(other)).code()).isEqualTo(ErrorCode.BLOB_UNKNOWN);
        assertThat(failure(() -> union.repository("none").tags().list().toList())
                        .code())
                .isEqualTo(ErrorCode.NAME_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void aTagOfALaterRegistryIsNotTheAnswerWhereAnEarlierOneFails(int status) {
        image(served.stored(), 1, LATEST);
        image(second, 2, LATEST, Tag.parse("2.0"));
        firstAnswers(status);
        ErrorCode expected =
                failure(() -> remote.repository(APP).manifests().get(LATEST)).code();

        for (Tag tag : List.of(LATEST, Tag.parse("2.0"), Tag.parse("none"))) {
            assertThat(failure(() -> app().manifests().get(tag)).code()).isEqualTo(expected);
            assertThat(failure(() -> app().manifests().find(tag)).code()).isEqualTo(expected);
            assertThat(failure(() -> app().tags().resolve(tag)).code()).isEqualTo(expected);
        }
        assertThat(failure(() -> app().tags().list().toList()).code()).isEqualTo(expected);
        assertThat(failure(() -> union.repositories().toList()).code()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aDigestIsServedByALaterRegistryWhileAnEarlierOneIsUnavailable(int status) throws Exception {
        Manifest image = image(second, 2, LATEST);
        firstAnswers(status);

        assertThat(app().manifests().get(image.digest())).isEqualTo(image);
        assertThat(app().manifests().find(image.digest())).isPresent();
        assertThat(read(app(), layer(image))).isNotEmpty();
        Digest other = Digest.sha256(new byte[] {1});
        ErrorCode expected = status == 429 ? ErrorCode.TOOMANYREQUESTS : ErrorCode.UNAVAILABLE;
        assertThat(failure(() -> app().blobs().open(other)).code()).isEqualTo(expected);
        assertThat(failure(() -> app().blobs().find(other)).code()).isEqualTo(expected);
    }

    @Test
    void aRefusalIsToldForDigestsToo() {
        Manifest image = image(second, 2, LATEST);
        firstAnswers(403);

        for (ManifestSelector selector : List.of(LATEST, image.digest())) {
            assertThat(failure(() -> app().manifests().get(selector)).code()).isEqualTo(ErrorCode.DENIED);
        }
        assertThat(failure(() -> app().blobs().open(layer(image))).code()).isEqualTo(ErrorCode.DENIED);
    }

    @Test
    void listsAreMergedInOrderWithoutDuplicates() {
        Manifest first = image(served.stored(), 1, Tag.parse("a"), Tag.parse("c"), Tag.parse("e"));
        image(second, 2, Tag.parse("b"), Tag.parse("c"), Tag.parse("d"));
        third.repository("x/only").manifests().put(Content.image(third.repository("x/only"), 3));

        List<Tag> all = Stream.of("a", "b", "c", "d", "e").map(Tag::parse).toList();
        assertThat(app().tags().list().toList()).isEqualTo(all);
        assertThat(app().tags().list().after(Tag.parse("b")).limit(2).toList()).isEqualTo(all.subList(2, 4));
        assertThat(app().tags().list().after(Tag.parse("bb")).limit(9).toList()).isEqualTo(all.subList(2, 5));
        assertThat(union.repositories().toList())
                .containsExactly(RepositoryName.parse(APP), RepositoryName.parse("x/only"));
        assertThat(union.repositories().after(RepositoryName.parse(APP)).toList())
                .containsExactly(RepositoryName.parse("x/only"));
        assertThat(first).isNotNull();
    }

    @Test
    void referrersOfAllAreMerged() {
        Manifest image = image(served.stored(), 1, LATEST);
        Repository there = second.repository(APP);
        Manifest same = Content.artifact(served.stored().repository(APP), image, "both");
        Manifest both = Content.artifact(there, image, "both");
        Manifest other = Content.artifact(there, image, "other");

        assertThat(same).isEqualTo(both);
        served.stored().repository(APP).manifests().put(same);
        there.manifests().put(both);
        there.manifests().put(other);
        List<Digest> listed = app().manifests()
                .referrers(image.digest())
                .map(Descriptor::digest)
                .toList();
        assertThat(listed)
                .containsExactlyElementsOf(
                        Stream.of(both.digest(), other.digest()).sorted().toList());
        assertThat(app().manifests()
                        .referrers(image.digest())
                        .after(listed.get(0))
                        .map(Descriptor::digest)
                        .toList())
                .containsExactly(listed.get(1));
    }

    @Test
    void aPageCostsAPageOfEach() {
        Tag[] many = IntStream.range(100, 400).mapToObj(i -> Tag.parse("t" + i)).toArray(Tag[]::new);
        image(served.stored(), 1, many);
        image(second, 2, many);
        served.requests().clear();

        assertThat(app().tags().list().after(Tag.parse("t149")).limit(50).toList())
                .isEqualTo(List.of(many).subList(50, 100));

        assertThat(served.lines()).hasSize(1);
        assertThat(served.lines().get(0)).contains("last=t149").contains("n=50");
    }

    @Test
    void changesAreMadeInTheFirst() {
        Manifest theirs = image(second, 2, LATEST);

        Manifest pushed = Content.image(app(), 7);
        app().manifests().put(pushed, Tag.parse("mine"));
        assertThat(served.stored().repository(APP).tags().resolve(Tag.parse("mine")))
                .contains(pushed.descriptor());
        assertThat(second.repository(APP).tags().resolve(Tag.parse("mine"))).isEmpty();

        assertThat(app().tags().delete(LATEST)).isFalse();
        assertThat(app().manifests().get(LATEST)).isEqualTo(theirs);
        assertThat(app().tags().delete(Tag.parse("mine"))).isTrue();
        assertThat(app().tags().resolve(Tag.parse("mine"))).isEmpty();
    }

    @Test
    void aManifestMayBePushedWhoseContentALaterRegistryHas() throws Exception {
        Manifest theirs = image(second, 2, LATEST);
        Manifest child = image(third, 3, LATEST);
        Manifest index = ImageIndex.of(List.of(child.descriptor())).toManifest();

        app().manifests().put(theirs, Tag.parse("copy"));
        app().manifests().put(index, Tag.parse("all"));

        Repository first = served.stored().repository(APP);
        List<Manifest> pushed = new ArrayList<>(List.of(theirs, child));
        for (Manifest image : pushed) {
            assertThat(first.manifests().get(image.digest())).isEqualTo(image);
            for (ManifestReference blob : ManifestDocument.parse(image).references()) {
                assertThat(read(first, blob.digest())).isEqualTo(read(app(), blob.digest()));
            }
        }
        assertThat(first.tags().resolve(Tag.parse("all"))).contains(index.descriptor());
        assertThat(first.tags().resolve(LATEST)).isEmpty();
    }

    @Test
    void aManifestWhoseContentNobodyHasIsRefused() {
        Registry elsewhere = StorageRegistry.over(MemoryObjectStore.create());
        Manifest foreign = image(elsewhere, 9, LATEST);

        RegistryException failure = failure(() -> app().manifests().put(foreign, LATEST));

        assertThat(failure.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN);
        assertThat(app().tags().resolve(LATEST)).isEmpty();
    }

    @Test
    void aUnionIsHealthyIfAllAre() {
        union.checkHealth();
        firstAnswers(503);
        assertThat(failure(union::checkHealth).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        union.close();
        assertThat(second.repository(APP).blobs().push(BlobSource.of(new byte[] {1})))
                .isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Union.of(List.of()))
                .withMessageContaining("at least one");
    }
}
