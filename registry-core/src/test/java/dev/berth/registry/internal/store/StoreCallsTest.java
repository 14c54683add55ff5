package dev.berth.registry.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.engine.CountingStore;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.engine.StoreCopies;
import dev.berth.registry.engine.World;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What requests cost: the number of calls of the store for each operation, in a registry with next to nothing in it and
 * in one with hundreds of other repositories, tags, manifests and referrers. It must be the same.
 *
 * <p>Counted on an engine that has served something before. A mark counts like any other object; removing the tree of an
 * upload or of a tag's history is one call, which on object stores is a listing and a deletion.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreCallsTest {
    private static final int MANY = 250;

    private final World world = new World();
    private final byte[] large = new byte[200_000];
    private final byte[] fresh = "what nobody has pushed".getBytes(StandardCharsets.UTF_8);
    private ObjectStore small;
    private ObjectStore big;

    @BeforeAll
    void fillTheStores() throws IOException {
        small = MemoryObjectStore.create();
        pushTo(small);
        big = StoreCopies.copy(small, "");
        Registry registry = StorageRegistry.over(big);
        Repository app = registry.repository(world.app);
        for (int i = 0; i < MANY; i++) {
            Manifest other = index("{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{\"n\":\"" + i + "\"}}");
            app.manifests().put(other, Tag.parse("other-" + i), Tag.parse("2." + i));
            Manifest referrer = index("{\"schemaVersion\":2,\"manifests\":[],\"annotations\":{\"n\":\"" + i
                    + "\"},\"subject\":" + json(other.descriptor()) + "}");
            app.manifests().put(referrer);
            Repository neighbour = registry.repository(RepositoryName.parse("other/app-" + i));
            neighbour.manifests().put(other, world.latest);
            neighbour.blobs().mount(Digest.sha256(world.layer), MountSource.from(world.app));
        }
    }

    private void pushTo(ObjectStore store) {
        Registry registry = StorageRegistry.over(store);
        world.pushBlobs(registry, world.app);
        Repository app = registry.repository(world.app);
        app.blobs().push(Digest.sha256(large), BlobSource.of(large));
        app.manifests().put(world.first, world.latest, world.stable);
        app.manifests().put(world.signature);
        Repository other = registry.repository(world.other);
        other.manifests().put(index("{\"schemaVersion\":2,\"manifests\":[]}"), world.latest);
    }

    private static Manifest index(String json) {
        return Manifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Descriptor descriptor) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + descriptor.digest() + "\",\"size\":"
                + descriptor.size() + "}";
    }

    /** An operation, after whatever it needs. */
    private interface Operation {
        Runnable prepare(Registry registry);
    }

    private record Cost(String name, int calls, Operation operation) {}

    private Cost app(String name, int calls, Function<Repository, Runnable> operation) {
        return new Cost(name, calls, registry -> operation.apply(registry.repository(world.app)));
    }

    /** For a client that has just read the manifest of the image. */
    private Cost pull(String name, int calls, Function<Repository, Runnable> operation) {
        return app(name, calls, app -> {
            app.manifests().get(world.latest);
            return operation.apply(app);
        });
    }

    private Cost other(String name, int calls, Function<Repository, Runnable> operation) {
        return new Cost(name, calls, registry -> operation.apply(registry.repository(world.other)));
    }

    private List<Cost> costs() {
        Digest layer = Digest.sha256(world.layer);
        return List.of(
                // Pulling.
                app("get a manifest by tag", 3, app -> () -> app.manifests().get(world.latest)),
                app("get a manifest by digest", 2, app -> () -> app.manifests().get(world.first.digest())),
                app("find a manifest by tag", 3, app -> () -> app.manifests().find(world.latest)),
                app(
                        "find a manifest that is not there",
                        2,
                        app -> () -> app.manifests().find(Tag.parse("none"))),
                // Before link and data, the mark of a collection.
                pull("find a blob", 3, app -> () -> app.blobs().find(layer)),
                app("find a blob that is not there", 2, app -> () -> app.blobs().find(Digest.sha256(fresh))),
                pull("open a blob", 2, app -> () -> app.blobs().open(layer).close()),
                // The size that a manifest states is looked up once, and the data is opened again after that.
                app(
                        "open a blob of an image that this process has not seen",
                        5,
                        app -> () -> app.blobs().open(layer).close()),
                pull(
                        "open the end of a blob",
                        3,
                        app -> () ->
                                app.blobs().open(layer, ByteRange.suffix(1)).close()),
                // Pushing blobs: the mark, and a candidate for a collection, beside data, holder and link.
                app("push a small blob", 6, app -> () -> app.blobs().push(Digest.sha256(fresh), BlobSource.of(fresh))),
                app("push a small blob again", 5, app -> () -> app.blobs().push(layer, BlobSource.of(world.layer))),
                app("push a larger blob", 11, app -> () -> {
                    byte[] bytes = new byte[100_000];
                    app.blobs().push(Digest.sha256(bytes), BlobSource.of(bytes));
                }),
                app("start an upload", 1, app -> () -> app.blobs().startUpload()),
                app("append to an upload", 3, app -> {
                    BlobUpload upload = app.blobs().startUpload();
                    return () -> upload.append(0, BlobSource.of(fresh));
                }),
                app("resume an upload and ask for its offset", 2, app -> {
                    BlobUpload upload = app.blobs().startUpload();
                    return () -> app.blobs().resumeUpload(upload.id()).offset();
                }),
                app("commit an upload", 8, app -> {
                    BlobUpload upload = app.blobs().startUpload(UploadOptions.defaults());
                    upload.append(0, BlobSource.of(fresh));
                    return () -> upload.commit(Digest.sha256(fresh));
                }),
                app("complete an upload with the whole blob", 7, app -> {
                    BlobUpload upload = app.blobs().startUpload();
                    return () -> upload.commit(OptionalLong.empty(), BlobSource.of(fresh), Digest.sha256(fresh));
                }),
                app("complete an upload with the last bytes", 10, app -> {
                    BlobUpload upload = app.blobs().startUpload();
                    upload.append(0, BlobSource.of(new byte[] {fresh[0]}));
                    byte[] rest = Arrays.copyOfRange(fresh, 1, fresh.length);
                    return () -> upload.commit(OptionalLong.empty(), BlobSource.of(rest), Digest.sha256(fresh));
                }),
                app("cancel an upload", 3, app -> {
                    BlobUpload upload = app.blobs().startUpload();
                    return upload::cancel;
                }),
                other("mount a blob", 6, other -> () -> other.blobs().mount(layer, MountSource.from(world.app))),
                other(
                        "mount a blob of any repository",
                        7,
                        other -> () -> other.blobs().mount(layer, MountSource.any())),
                app("delete a blob", 4, app -> () -> app.blobs().delete(Digest.sha256(large))),
                // Pushing manifests. The image has a config and two layers: four marks with its own, a candidate, and
                // an entry.
                app(
                        "push an image without a tag",
                        24,
                        app -> () -> app.manifests().put(world.second)),
                app("push an image with a tag", 29, app -> () -> app.manifests().put(world.second, Tag.parse("new"))),
                app("push an image again", 24, app -> () -> app.manifests().put(world.first, world.latest)),
                app("move a tag", 10, app -> {
                    app.manifests().put(world.second);
                    return () -> app.tags().put(world.latest, world.second.digest());
                }),
                app("move a tag on a condition", 12, app -> {
                    app.manifests().put(world.second);
                    return () -> app.tags()
                            .put(world.latest, world.second.digest(), TagCondition.currently(world.first.digest()));
                }),
                // Deleting, with what can be restored.
                app("delete a tag", 12, app -> () -> app.tags().delete(world.latest)),
                app(
                        "delete a manifest with two tags",
                        39,
                        app -> () -> app.manifests().delete(world.first.digest())),
                // Listing: a page is a call.
                app("list two tags", 1, app -> () -> app.tags().list().limit(2).toList()),
                app(
                        "list two tags behind another",
                        1,
                        app -> () ->
                                app.tags().list().after(Tag.parse("0")).limit(2).toList()),
                new Cost(
                        "list two repositories",
                        1,
                        registry -> () -> registry.repositories().limit(2).toList()),
                app(
                        "list a referrer",
                        4,
                        app -> () ->
                                app.manifests().referrers(world.first.digest()).toList()),
                new Cost("check the health", 1, registry -> registry::checkHealth),
                new Cost("list the tags of a repository that does not exist", 2, registry -> () -> {
                    try {
                        registry.repository(RepositoryName.parse("none"))
                                .tags()
                                .list()
                                .toList();
                    } catch (RegistryException expected) {
                        // It does not exist.
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> theNumberOfStoreCallsDoesNotDependOnTheSizeOfTheRegistry() {
        return costs().stream()
                .map(cost -> DynamicTest.dynamicTest(cost.name(), () -> {
                    List<String> calls = calls(small, cost);
                    assertThat(calls(big, cost)).as("in a large registry").hasSameSizeAs(calls);
                    assertThat(calls).hasSize(cost.calls());
                }));
    }

    private List<String> calls(ObjectStore filled, Cost cost) throws IOException {
        CountingStore counting = new CountingStore(StoreCopies.copy(filled, ""));
        Registry registry = StorageRegistry.over(
                counting, StorageOptions.builder().clock(new SettableClock()).build());
        registry.repositories().limit(1).toList();
        registry.repository(world.app).blobs().find(Digest.sha256(fresh));
        Runnable operation = cost.operation().prepare(registry);
        counting.reset();
        operation.run();
        return new ArrayList<>(counting.calls());
    }
}
