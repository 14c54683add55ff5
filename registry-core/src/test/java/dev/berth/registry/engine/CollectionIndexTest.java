package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.CollectionIndex;
import dev.berth.registry.internal.store.CollectionIndex.Alias;
import dev.berth.registry.internal.store.CollectionIndex.Holding;
import dev.berth.registry.internal.store.CollectionIndex.Reference;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a collection finds in the index, of what Berth and registry:2 have written. */
class CollectionIndexTest {
    private final World world = new World();
    private final ObjectStore store = MemoryObjectStore.create();
    private final DockerLayout docker = new DockerLayout(store);
    private final StorageRegistry registry = StorageRegistry.over(
            store, StorageOptions.builder().undelete(Duration.ZERO).build());
    private final Repository app = registry.repository(world.app);
    private final Digest layer = Digest.sha256(world.layer);
    private final TestCollection collection = new TestCollection(store, new SettableClock(), layer);
    private final CollectionIndex index = collection.contents.collectionIndex();

    private static <T> List<T> list(Iterator<T> iterator) {
        List<T> list = new ArrayList<>();
        iterator.forEachRemaining(list::add);
        return list;
    }

    private void format(String text) throws IOException {
        store.put(ObjectKey.of("_berth/index/format"), text.getBytes(StandardCharsets.UTF_8), PutCondition.always());
    }

    private String format() throws IOException {
        try (var content = store.open(ObjectKey.of("_berth/index/format")).orElseThrow()) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void itHasWhatIsPushed() throws IOException {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest);
        registry.repository(world.other).blobs().mount(layer, MountSource.from(world.app));
        assertThat(list(index.references(layer)))
                .containsExactly(new Reference(layer, world.app, world.first.digest()));
        assertThat(list(index.manifests(world.first.digest()))).containsExactly(world.app);
        assertThat(list(index.holders(layer))).containsExactly(world.app, world.other);
        assertThat(list(index.aliases(layer))).isEmpty();
        assertThat(index.hasManifest(world.app, world.first.digest())).isTrue();
        assertThat(collection.contents.indexState().collectable()).isTrue();
    }

    @Test
    void deletionsLeaveItAndOnlyTheFactsChange() throws IOException {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest);
        app.manifests().delete(world.first.digest());
        app.blobs().delete(layer);
        assertThat(list(index.references(layer))).hasSize(1);
        assertThat(list(index.manifests(world.first.digest()))).containsExactly(world.app);
        assertThat(list(index.holders(layer))).containsExactly(world.app);
        assertThat(index.hasManifest(world.app, world.first.digest())).isFalse();
        assertThat(collection.candidates()).hasSize(2);
        store.put(Keys.trashedManifest(world.app, world.first.digest()), new byte[] {1}, PutCondition.always());
        assertThat(index.hasManifest(world.app, world.first.digest()))
                .as("it can be restored")
                .isTrue();
    }

    @Test
    void everythingIsInTheOrderOfTheDigestsAndFromAnyOneOn() throws IOException {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest);
        app.manifests().put(world.second, world.stable);
        byte[] long512 = {5};
        app.blobs().push(Digest.compute(DigestAlgorithm.SHA512, long512), BlobSource.of(long512));
        requireOrder(index::data, digest -> digest, 6);
        requireOrder(index::allHolders, Holding::digest, 4);
        requireOrder(index::allReferences, Reference::content, 3);
        requireOrder(index::allManifests, Holding::digest, 2);
    }

    private static <T> void requireOrder(
            Function<Optional<Digest>, Iterator<T>> listing, Function<T, Digest> of, int different) {
        List<T> all = list(listing.apply(Optional.empty()));
        List<Digest> digests = all.stream().map(of).distinct().toList();
        assertThat(digests).hasSize(different);
        assertThat(digests)
                .isSortedAccordingTo(Comparator.comparing(
                        (Digest digest) -> digest.algorithm().id() + digest.hex()));
        for (Digest digest : digests) {
            List<T> behind = new ArrayList<>(all);
            while (behind.stream().anyMatch(one -> of.apply(one).equals(digest))) {
                behind.remove(0);
            }
            assertThat(list(listing.apply(Optional.of(digest)))).isEqualTo(behind);
        }
    }

    /** As registry:2 stores what is pushed with a sha512: its data has the sha256, and so has another link. */
    private Digest pushAlias() throws IOException {
        Digest alias = Digest.compute(DigestAlgorithm.SHA512, world.layer);
        docker.blob(world.app, world.layer);
        docker.write(DockerLayout.directory(world.app) + "_layers/sha512/" + alias.hex() + "/link", layer.toString());
        docker.blob(world.app, world.config);
        return alias;
    }

    private Manifest imageOf(Digest digest) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                + "\",\"config\":{\"mediaType\":\"" + MediaTypes.OCI_EMPTY + "\",\"digest\":\""
                + Digest.sha256(world.config) + "\",\"size\":2},\"layers\":[{\"mediaType\":\""
                + MediaTypes.OCI_LAYER_TAR + "\",\"digest\":\"" + digest + "\",\"size\":" + world.layer.length + "}]}";
        return Manifest.of(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));
    }

    private void requireAlias(Digest alias, Digest manifest) throws IOException {
        assertThat(list(index.aliases(layer))).containsExactly(alias);
        assertThat(list(index.references(layer))).containsExactly(new Reference(layer, world.app, manifest));
        assertThat(list(index.references(alias))).containsExactly(new Reference(alias, world.app, manifest));
        assertThat(list(index.allAliases(Optional.empty()))).containsExactly(new Alias(layer, alias));
        assertThat(collection.isNeeded()).isTrue();
    }

    @Test
    void aPushWritesReferencesUnderTheDigestOfTheDataAsWell() throws IOException {
        Digest alias = pushAlias();
        Manifest image = imageOf(alias);
        app.manifests().put(image);
        requireAlias(alias, image.digest());
    }

    @Test
    void aRebuildWritesReferencesUnderTheDigestOfTheDataAsWell() throws IOException {
        Digest alias = pushAlias();
        Manifest image = imageOf(alias);
        docker.manifest(world.app, image);
        registry.rebuildIndex(name -> {});
        requireAlias(alias, image.digest());
    }

    @Test
    void aMountOfAnAliasIsKnown() throws IOException {
        Digest alias = pushAlias();
        registry.repository(world.other).blobs().mount(alias, MountSource.from(world.app));
        assertThat(list(index.aliases(layer))).containsExactly(alias);
        assertThat(collection.candidates()).containsExactly(world.other);
    }

    @Test
    void anAliasIsRescuedByTheMarkOfItsData() throws IOException {
        Digest alias = pushAlias();
        collection.condemn();
        assertThat(app.blobs().find(alias)).isPresent();
        assertThat(collection.state()).isEmpty();
        collection.condemn();
        collection.beginDeleting();
        assertThat(app.blobs().find(alias)).isEmpty();
    }

    @Test
    void aRebuildFindsTheBlobsOfRepositoriesWithoutManifests() throws IOException {
        docker.world(world);
        RepositoryName blobsOnly = RepositoryName.parse("team/blobs/only");
        docker.blob(blobsOnly, world.layer);
        assertThat(collection.contents.indexState().collectable()).isFalse();
        registry.rebuildIndex(name -> {});
        assertThat(list(index.holders(layer))).contains(blobsOnly);
        assertThat(collection.contents.indexState().collectable()).isTrue();
        assertThat(registry.repositories()).containsExactly(world.app);
    }

    @Test
    void aManifestThatIsNotUnderstoodIsBrokenUntilItIsWhole() throws IOException {
        docker.world(world);
        Digest first = world.first.digest();
        String data = Keys.data(first).value();
        docker.write(data, "damaged");
        byte[] schema1 = "{\"schemaVersion\":1,\"fsLayers\":[]}".getBytes(StandardCharsets.UTF_8);
        docker.manifest(world.app, Manifest.of(MediaTypes.DOCKER_MANIFEST_SCHEMA1, schema1));
        Digest odd = Digest.sha256(schema1);
        registry.rebuildIndex(name -> {});
        assertThat(list(index.broken()))
                .containsExactlyInAnyOrder(new Holding(first, world.app), new Holding(odd, world.app));
        assertThat(index.hasBroken(world.app)).isTrue();
        assertThat(index.hasBroken(world.other)).isFalse();
        assertThat(index.repairBroken(world.app, first)).isTrue();
        app.manifests().put(world.first);
        assertThat(index.repairBroken(world.app, first)).isFalse();
        app.manifests().delete(odd);
        assertThat(index.repairBroken(world.app, odd)).isFalse();
        assertThat(index.hasBroken(world.app)).isFalse();
        assertThat(list(index.references(layer))).contains(new Reference(layer, world.app, first));
    }

    /** Listings go on meanwhile. Nobody knows what an older version has left out but by reading everything. */
    @Test
    void anIndexOfVersion1IsBroughtUpByARebuild() throws IOException {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest);
        store.delete(Keys.manifestEntry(world.first.digest(), world.app));
        format("berth-index 1\nCOMPLETE\n\n");
        StorageRegistry later = StorageRegistry.over(store);
        assertThat(later.indexComplete()).isTrue();
        assertThat(later.repositories()).containsExactly(world.app);
        CollectionIndex before = new TestCollection(store, new SettableClock(), layer).contents.collectionIndex();
        assertThat(list(before.manifests(world.first.digest()))).isEmpty();
        assertThat(new TestCollection(store, new SettableClock(), layer)
                        .contents
                        .indexState()
                        .collectable())
                .isFalse();
        List<String> formats = new ArrayList<>();
        later.rebuildIndex(name -> {
            try {
                formats.add(format());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            assertThat(later.repositories()).containsExactly(world.app);
        });
        assertThat(formats).containsExactly("berth-index 1\nCOMPLETE\n\n");
        assertThat(format()).isEqualTo("berth-index 2\nCOMPLETE\n\n");
        assertThat(list(before.manifests(world.first.digest()))).containsExactly(world.app);
        assertThat(collection.contents.indexState().collectable()).isTrue();
    }

    @Test
    void aRebuildOfVersion1IsResumed() throws IOException {
        world.pushBlobs(registry, world.app);
        world.pushBlobs(registry, world.other);
        app.manifests().put(world.first);
        registry.repository(world.other).manifests().put(world.first);
        format("berth-index 1\nCOMPLETE\nteam/app-2\n");
        StorageRegistry later = StorageRegistry.over(store);
        List<RepositoryName> done = new ArrayList<>();
        later.rebuildIndex(done::add);
        assertThat(done).containsExactly(world.app);
        format("berth-index 1\nBUILDING\nteam/app-2\n");
        done.clear();
        StorageRegistry.over(store).rebuildIndex(done::add);
        assertThat(done).as("version 1 has not built what is needed").containsExactly(world.other, world.app);
    }
}
