package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Building the index of a store that registry:2 wrote, in one run or several, while others write. */
@org.junit.jupiter.api.Tag("any-jdk")
class IndexRebuildTest {
    private static final List<RepositoryName> NAMES = Stream.of("a", "a-b", "a.b/c", "a/b", "a/b/c", "team/app-2")
            .map(RepositoryName::parse)
            .toList();

    private final World world = new World();

    private ObjectStore writtenByDocker() throws IOException {
        ObjectStore store = MemoryObjectStore.create();
        DockerLayout docker = new DockerLayout(store);
        docker.world(world);
        for (RepositoryName name : NAMES) {
            docker.blob(name, world.config);
            docker.blob(name, world.layer);
            docker.manifest(name, world.first, world.latest, Tag.parse("1.0-alpine"), Tag.parse("1.0.1"));
        }
        return store;
    }

    private Map<String, String> look(ObjectStore store) {
        return Observed.look(StorageRegistry.over(store), world);
    }

    @Test
    void aRebuildIndexesAStoreOfRegistry2() throws IOException {
        ObjectStore store = writtenByDocker();
        StorageRegistry registry = StorageRegistry.over(store);
        assertThat(registry.indexComplete()).isFalse();
        Map<String, String> before = look(store);
        List<RepositoryName> catalogue = registry.repositories().toList();

        List<RepositoryName> done = new ArrayList<>();
        registry.rebuildIndex(done::add);

        assertThat(registry.indexComplete()).isTrue();
        assertThat(done).containsExactlyInAnyOrderElementsOf(catalogue);
        assertThat(look(store)).isEqualTo(before);
        assertThat(registry.repositories().toList())
                .isEqualTo(catalogue)
                .contains(world.app)
                .containsAll(NAMES);
    }

    @Test
    void aRebuiltIndexServesListingsReferrersAndMounts() throws IOException {
        ObjectStore store = writtenByDocker();
        StorageRegistry registry = StorageRegistry.over(store);
        registry.rebuildIndex(name -> {});
        Repository repository = registry.repository(NAMES.get(0));
        assertThat(repository.tags().list()).containsExactly(Tag.parse("1.0-alpine"), Tag.parse("1.0.1"), world.latest);
        assertThat(repository.manifests().delete(world.first.digest()).tags())
                .containsExactlyInAnyOrder(Tag.parse("1.0-alpine"), Tag.parse("1.0.1"), world.latest);
        assertThat(registry.repository(world.app).manifests().referrers(world.first.digest()))
                .hasSize(1);
        assertThat(registry.repository(RepositoryName.parse("new"))
                        .blobs()
                        .mount(Digest.sha256(world.layer2), MountSource.any()))
                .isPresent();
    }

    /** The references tell a collection which manifests need a blob. */
    @Test
    void aRebuiltIndexHasTheReferencesOfEveryManifest() throws IOException {
        ObjectStore pushed = MemoryObjectStore.create();
        StorageRegistry registry = StorageRegistry.over(pushed);
        world.pushBlobs(registry, world.app);
        for (Manifest manifest : List.of(world.first, world.second, world.signature)) {
            registry.repository(world.app).manifests().put(manifest, world.latest);
        }
        ObjectStore rebuilt = StoreCopies.facts(pushed);
        StorageRegistry.over(rebuilt).rebuildIndex(name -> {});
        List<String> expected = new ArrayList<>(StoreCopies.keys(pushed, "_berth/index/"));
        // The tag has moved twice; where it was before the index need not know.
        expected.removeIf(key -> key.contains("/tagged/")
                && !key.contains(world.signature.digest().hex()));
        assertThat(StoreCopies.keys(rebuilt, "_berth/index/")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aRebuildInterruptedAtAnyCallIsResumed() throws IOException {
        Map<String, String> expected = look(writtenByDocker());
        int repositories =
                StorageRegistry.over(writtenByDocker()).repositories().toList().size();
        int failAt = 0;
        int skipped = 0;
        for (boolean failed = true; failed; failAt++) {
            ObjectStore store = writtenByDocker();
            FailingStore failing = FailingStore.from(store, failAt, () -> new IOException("The store is gone"));
            StorageRegistry interrupted = StorageRegistry.over(failing);
            try {
                interrupted.rebuildIndex(name -> {});
            } catch (RegistryException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
            failed = failing.hasFailed();
            assertThat(look(store)).as("after it failed at %d", failAt).isEqualTo(expected);

            List<RepositoryName> redone = new ArrayList<>();
            StorageRegistry next = StorageRegistry.over(store);
            next.rebuildIndex(redone::add);
            assertThat(next.indexComplete()).isTrue();
            assertThat(look(store))
                    .as("after it failed at %d and went on", failAt)
                    .isEqualTo(expected);
            assertThat(next.repositories()).hasSize(repositories);
            skipped = Math.max(skipped, repositories - redone.size());
        }
        assertThat(failAt).as("calls of the store").isGreaterThan(100);
        assertThat(skipped).as("repositories that were not done again").isEqualTo(repositories);
    }

    @Test
    void aRebuildIsResumedAlthoughTheRepositoryItStoppedAtIsGone() throws IOException {
        ObjectStore store = writtenByDocker();
        StorageRegistry registry = StorageRegistry.over(store);
        List<RepositoryName> done = new ArrayList<>();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> registry.rebuildIndex(name -> {
                    done.add(name);
                    if (done.size() == 3) {
                        throw new IllegalStateException("enough");
                    }
                }));
        for (String key : StoreCopies.keys(store, DockerLayout.directory(done.get(1)))) {
            store.delete(ObjectKey.of(key));
        }
        registry.rebuildIndex(name -> {});
        assertThat(registry.indexComplete()).isTrue();
        assertThat(registry.repositories())
                .hasSize(NAMES.size())
                .doesNotContain(done.get(1))
                .contains(done.get(0), done.get(2));
    }

    /** Each of these is done by another engine at every single call of the store that rebuilding makes. */
    private enum Meanwhile {
        PUSH_IMAGE {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).manifests().put(world.second, world.latest, Tag.parse("new"));
            }
        },
        PUSH_TO_NEW_REPOSITORY {
            @Override
            void run(Registry registry, World world) {
                world.pushBlobs(registry, RepositoryName.parse("0-first"));
                registry.repository(RepositoryName.parse("0-first")).manifests().put(world.first, world.latest);
            }
        },
        PUSH_SIGNATURE {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.other).manifests().put(world.signature);
            }
        },
        DELETE_TAG {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).tags().delete(world.latest);
            }
        },
        DELETE_IMAGE {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.app).manifests().delete(world.first.digest());
            }
        },
        DELETE_LAST_IMAGE_OF_A_REPOSITORY {
            @Override
            void run(Registry registry, World world) {
                registry.repository(world.other).manifests().delete(world.first.digest());
            }
        };

        abstract void run(Registry registry, World world);
    }

    @ParameterizedTest
    @EnumSource(Meanwhile.class)
    void writersNeedNotPauseDuringARebuild(Meanwhile meanwhile) throws IOException {
        boolean acted = true;
        for (int actAt = 0; acted; actAt++) {
            ObjectStore store = MemoryObjectStore.create();
            DockerLayout docker = new DockerLayout(store);
            docker.world(world);
            docker.blob(world.other, world.config);
            docker.manifest(world.other, world.first, world.latest);
            StorageRegistry writer = StorageRegistry.over(store);
            ActAtStep steps = new ActAtStep(actAt, () -> meanwhile.run(writer, world));
            StorageRegistry.over(new SteppedStore(store, steps)).rebuildIndex(name -> {});
            acted = steps.acted();

            StorageRegistry indexed = StorageRegistry.over(store);
            assertThat(indexed.indexComplete()).isTrue();
            // The first look removes what is listed and not there, as a deletion may leave it that was overtaken.
            Observed.look(indexed, world);
            assertThat(Observed.look(indexed, world))
                    .as("%s at step %d", meanwhile, actAt)
                    .isEqualTo(look(StoreCopies.facts(store)));
            assertThat(indexed.repositories().toList())
                    .isEqualTo(StorageRegistry.over(StoreCopies.facts(store))
                            .repositories()
                            .toList());
        }
    }

    @Test
    void aRebuildDeletesGhosts() throws IOException {
        ObjectStore store = writtenByDocker();
        RepositoryName ghost = RepositoryName.parse("ghost");
        addEntry(store, Keys.catalogueEntry(ghost));
        addEntry(store, Keys.tagEntry(world.app, Tag.parse("ghost")));
        addEntry(store, Keys.untypedReferrerEntry(world.app, world.first.digest(), Digest.sha256(new byte[0])));
        StorageRegistry registry = StorageRegistry.over(store);
        registry.rebuildIndex(name -> {});
        assertThat(registry.repositories()).doesNotContain(ghost).contains(world.app);
        assertThat(registry.repository(world.app).tags().list()).containsExactly(world.stable, world.latest);
        assertThat(registry.repository(world.app).manifests().referrers(world.first.digest()))
                .hasSize(1);
    }

    private static void addEntry(ObjectStore store, ObjectKey key) throws IOException {
        store.put(key, new byte[0], PutCondition.always());
    }

    @Test
    void aRebuildAddsWhatRegistry2WroteBesideACompleteIndex() throws IOException {
        ObjectStore store = MemoryObjectStore.create();
        StorageRegistry registry = StorageRegistry.over(store);
        world.pushBlobs(registry, world.app);
        registry.repository(world.app).manifests().put(world.first, world.latest);
        assertThat(registry.indexComplete()).isTrue();

        DockerLayout docker = new DockerLayout(store);
        docker.manifest(world.app, world.second, world.stable);
        docker.manifest(NAMES.get(0), world.first, world.latest);
        store.delete(ObjectKey.of(DockerLayout.tag(world.app, world.latest)));
        registry.rebuildIndex(name -> {});
        assertThat(registry.repositories()).containsExactly(NAMES.get(0), world.app);
        assertThat(registry.repository(world.app).tags().list()).containsExactly(world.stable);
        assertThat(registry.indexComplete()).isTrue();
    }

    @Test
    void anEmptyStoreHasACompleteIndex() throws IOException {
        ObjectStore store = MemoryObjectStore.create();
        StorageRegistry registry = StorageRegistry.over(store);
        assertThat(registry.indexComplete()).isTrue();
        registry.rebuildIndex(name -> {});
        assertThat(registry.indexComplete()).isTrue();
        assertThat(registry.repositories()).isEmpty();
    }

    @Test
    void otherProcessesUseARebuiltIndexAfterTenSeconds() throws IOException {
        ObjectStore store = writtenByDocker();
        SettableClock clock = new SettableClock();
        StorageRegistry other = StorageRegistry.over(
                store, StorageOptions.builder().clock(clock).build());
        assertThat(other.indexComplete()).isFalse();
        StorageRegistry.over(store).rebuildIndex(name -> {});
        clock.advance(Duration.ofSeconds(9));
        assertThat(other.indexComplete()).isFalse();
        assertThat(other.repositories()).hasSize(NAMES.size() + 1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(other.indexComplete()).isTrue();
        assertThat(other.repositories()).hasSize(NAMES.size() + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "berth-index 1",
                "berth-index 1\nCOMP",
                "berth-index 1\nother\n\n",
                "berth-index 2\nX\n\n",
                "berth-index 3\nCOMPLETE\n\n",
                "berth-index 21\nCOMPLETE\n\n"
            })
    void anIndexOfAnotherFormatIsNotTouched(String format) throws IOException {
        ObjectStore store = writtenByDocker();
        new DockerLayout(store).write("_berth/index/format", format);
        StorageRegistry registry = StorageRegistry.over(store);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.repositories().toList())
                .withMessageContaining("use the version that wrote it, or a newer one")
                .withMessageContaining("_berth/index/format")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> registry.rebuildIndex(name -> {}));
        assertThat(StoreCopies.keys(store, "_berth/")).containsExactly("_berth/index/format");
    }
}
