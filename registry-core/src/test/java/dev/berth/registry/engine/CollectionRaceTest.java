package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A collection condemns data at any step of a push, and looks and removes at any later one, as soon as it may: what was
 * acknowledged is whole.
 */
class CollectionRaceTest {
    private final World world = new World();
    private final Digest layer = Digest.sha256(world.layer);
    private final ObjectStore prepared = MemoryObjectStore.create();

    /** What relies on the layer, and what must be there if it succeeds. */
    private enum Operation {
        FIND {
            @Override
            boolean run(Registry registry, World world) {
                return registry.repository(world.app)
                        .blobs()
                        .find(Digest.sha256(world.layer))
                        .isPresent();
            }
        },
        PUSH_BLOB {
            @Override
            boolean run(Registry registry, World world) {
                registry.repository(world.app).blobs().push(Digest.sha256(world.layer), BlobSource.of(world.layer));
                return true;
            }
        },
        UPLOAD_BLOB {
            @Override
            boolean run(Registry registry, World world) {
                BlobUpload upload = registry.repository(world.app).blobs().startUpload();
                upload.append(0, BlobSource.of(world.layer));
                upload.commit(Digest.sha256(world.layer));
                return true;
            }
        },
        MOUNT_BLOB {
            @Override
            boolean run(Registry registry, World world) {
                return registry.repository(world.other)
                        .blobs()
                        .mount(Digest.sha256(world.layer), MountSource.from(world.app))
                        .isPresent();
            }

            @Override
            RepositoryName where(World world) {
                return world.other;
            }
        },
        PUSH_IMAGE {
            @Override
            boolean run(Registry registry, World world) {
                registry.repository(world.app).manifests().put(world.first, world.latest);
                return true;
            }
        },
        PUSH_IMAGE_THAT_WAS_DELETED {
            @Override
            boolean run(Registry registry, World world) {
                registry.repository(world.app).manifests().put(world.first);
                return true;
            }

            @Override
            Digest data(World world) {
                return world.first.digest();
            }
        };

        /** Returns what is collected. */
        Digest data(World world) {
            return Digest.sha256(world.layer);
        }

        /** Returns whether it says that the layer is there. */
        abstract boolean run(Registry registry, World world);

        RepositoryName where(World world) {
            return world.app;
        }
    }

    /** A collection that acts at two steps. */
    private final class Acting implements SteppedStore.Steps {
        private final TestCollection collection;
        private final SettableClock clock;
        private final int condemnAt;
        private final int removeAt;
        private int step;
        private boolean acting;

        /** Whether it came to both. */
        boolean acted;

        boolean condemned;

        Acting(TestCollection collection, SettableClock clock, int condemnAt, int removeAt) {
            this.collection = collection;
            this.clock = clock;
            this.condemnAt = condemnAt;
            this.removeAt = removeAt;
        }

        @Override
        public void step() {
            if (acting) {
                return;
            }
            acting = true;
            try {
                if (step == condemnAt) {
                    condemned = !collection.isNeeded() && collection.condemn();
                }
                if (step == removeAt) {
                    acted = true;
                    clock.advance(Marks.TRUST.multipliedBy(2));
                    if (condemned && !collection.isNeeded() && collection.beginDeleting()) {
                        collection.remove();
                        collection.end();
                    }
                }
                step++;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                acting = false;
            }
        }
    }

    @BeforeEach
    void prepare() {
        Registry registry = StorageRegistry.over(
                prepared,
                StorageOptions.builder()
                        .clock(new SettableClock())
                        .undelete(Duration.ZERO)
                        .build());
        world.pushBlobs(registry, world.app);
        registry.repository(world.app).manifests().put(world.first, world.latest);
        registry.repository(world.app).manifests().delete(world.first.digest());
    }

    @Test
    void whatIsAcknowledgedWhileACollectionRemovesIsWhole() {
        Cases.of(Operation.values()).check(operation -> {
            int kept = 0;
            int refused = 0;
            // Behind a call is before the next one.
            for (int condemnAt = 0; ; condemnAt += 2) {
                int removeAt = condemnAt;
                for (; ; removeAt += 4) {
                    BatchOrder order = BatchOrder.values()[removeAt / 2 % BatchOrder.values().length];
                    int outcome = race(operation, order, condemnAt, removeAt);
                    if (outcome < 0) {
                        break;
                    }
                    kept += outcome;
                    refused += 1 - outcome;
                }
                if (removeAt == condemnAt) {
                    break;
                }
            }
            assertThat(kept).as(operation + " that was acknowledged").isPositive();
            if (operation != Operation.PUSH_BLOB && operation != Operation.PUSH_IMAGE_THAT_WAS_DELETED) {
                assertThat(refused).as(operation + " that came too late").isPositive();
            }
        });
    }

    /** Returns 1 if it was acknowledged, 0 if not, and -1 if the operation has fewer steps. */
    private int race(Operation operation, BatchOrder order, int condemnAt, int removeAt) throws IOException {
        ObjectStore store = StoreCopies.copy(prepared, "");
        SettableClock clock = new SettableClock();
        StorageOptions options =
                StorageOptions.builder().clock(clock).pause(clock::advance).build();
        Acting acting = new Acting(new TestCollection(store, clock, operation.data(world)), clock, condemnAt, removeAt);
        Registry registry = StorageRegistry.over(new SteppedStore(store, acting, order), options);
        boolean there;
        try {
            there = operation.run(registry, world);
        } catch (RegistryException e) {
            assertThat(e.code()).isIn(ErrorCode.MANIFEST_BLOB_UNKNOWN, ErrorCode.UNAVAILABLE);
            there = false;
        }
        if (!acting.acted) {
            return -1;
        }
        String where = operation + " " + order + " condemned at " + condemnAt + " removed at " + removeAt;
        Registry after = StorageRegistry.over(store, options);
        if (there) {
            RepositoryName repository = operation.where(world);
            try (BlobContent content = after.repository(repository).blobs().open(layer)) {
                assertThat(content.stream().readAllBytes()).as(where).isEqualTo(world.layer);
            } catch (RegistryException e) {
                throw new AssertionError(where, e);
            }
            assertThat(store.stat(Keys.holderEntry(layer, repository)))
                    .as(where)
                    .isPresent();
            if (operation.ordinal() >= Operation.PUSH_IMAGE.ordinal()) {
                assertThat(after.repository(repository).manifests().get(world.first.digest()))
                        .as(where)
                        .isEqualTo(world.first);
                assertThat(new TestCollection(store, clock, layer).isNeeded())
                        .as(where)
                        .isTrue();
                assertThat(new TestCollection(store, clock, world.first.digest()).isNeeded())
                        .as(where)
                        .isTrue();
            }
        }
        return there ? 1 : 0;
    }
}
