package dev.berth.registry.maintenance.scrub;

import static dev.berth.registry.maintenance.scrub.ScrubWorld.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableList;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data is moved aside only if it is damaged for certain; and even if there is no room to keep it. */
class UncertainDamageTest {
    private final ScrubWorld world = new ScrubWorld();
    private final MemoryObjectStore memory = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(memory);
    private final Digest layer = Digest.sha256(world.layer);
    private final ObjectKey key = Keys.data(layer);

    @BeforeEach
    void push() {
        world.push(registry);
    }

    /** A store that does something when the data of the layer is opened. */
    private abstract class WatchedStore extends ForwardingObjectStore {
        private int opened;

        WatchedStore() {
            super(memory);
        }

        abstract Optional<ObjectContent> opened(int count, Optional<ObjectContent> content) throws IOException;

        @Override
        public Optional<ObjectContent> openStored(ObjectKey opening) throws IOException {
            Optional<ObjectContent> content = delegate().openStored(opening);
            if (opening.equals(key)) {
                opened++;
                return opened(opened, content);
            }
            return content;
        }
    }

    private static ObjectContent reading(ObjectContent content, InputStream stream) {
        return new ObjectContent() {
            @Override
            public ObjectStat stat() {
                return content.stat();
            }

            @Override
            public InputStream stream() {
                return stream;
            }

            @Override
            public void close() {
                content.close();
            }
        };
    }

    private byte[] wrong() {
        byte[] wrong = world.layer.clone();
        wrong[7] ^= 1;
        return wrong;
    }

    private void assertNothingMoved() throws IOException {
        assertThat(ScrubWorld.read(memory, key)).isEqualTo(world.layer);
        assertThat(Quarantine.of(memory).list()).isExhausted();
        assertThat(ScrubWorld.keys(memory)).noneMatch(name -> name.contains("staging"));
    }

    @Test
    void aSingleWrongReadIsNoDamage() throws IOException {
        ObjectStore store = new WatchedStore() {
            @Override
            Optional<ObjectContent> opened(int count, Optional<ObjectContent> content) {
                return content.map(found -> count == 1 ? reading(found, new ByteArrayInputStream(wrong())) : found);
            }
        };
        assertThat(Scrub.over(store).run().findings()).isEmpty();
        assertNothingMoved();
    }

    @Test
    void whatCannotBeReadIsReportedAndLeft() throws IOException {
        ObjectStore store = new WatchedStore() {
            @Override
            Optional<ObjectContent> opened(int count, Optional<ObjectContent> content) {
                return content.map(found -> reading(found, new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("bad sector");
                    }
                }));
            }
        };
        ScrubReport report = Scrub.over(store).run();
        assertThat(report.finished()).isPresent();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(ScrubProblem.UNREADABLE_DATA);
            assertThat(finding.description()).contains("bad sector", layer.toString());
            assertThat(finding.affected()).isNotEmpty();
        });
        assertNothingMoved();
    }

    @Test
    void ifTheStoreFailsTheNextRunGoesOn() throws IOException {
        boolean[] broken = {true};
        ObjectStore store = new WatchedStore() {
            @Override
            Optional<ObjectContent> opened(int count, Optional<ObjectContent> content) throws IOException {
                if (broken[0]) {
                    throw new IOException("no route to host");
                }
                return content;
            }

            @Override
            public void checkHealth() throws IOException {
                if (broken[0]) {
                    throw new IOException("no route to host");
                }
            }
        };
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> Scrub.over(store).run());
        broken[0] = false;
        assertThat(Scrub.over(store).run().findings()).isEmpty();
        assertNothingMoved();
    }

    @Test
    void whatAPushReplacesMeanwhileStays() throws IOException {
        ScrubWorld.damage(memory, layer, 9);
        ObjectStore store = new WatchedStore() {
            @Override
            Optional<ObjectContent> opened(int count, Optional<ObjectContent> content) {
                if (count == 2) {
                    // The second read still sees the damaged version.
                    registry.repository(APP).blobs().push(layer, BlobSource.of(world.layer));
                }
                return content;
            }
        };
        assertThat(Scrub.over(store).run().findings()).isEmpty();
        assertNothingMoved();
        assertThat(registry.repository(APP).blobs().find(layer)).isPresent();
    }

    @Test
    void onAFullDiskItIsRemovedAllTheSame() throws IOException {
        ScrubWorld.damage(memory, layer, 9);
        ObjectStore store = new ForwardingObjectStore(memory) {
            @Override
            public ObjectUpload startUpload(ObjectKey staging) throws IOException {
                throw new StorageFullException("no room");
            }
        };
        ScrubReport report = Scrub.over(store).run();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo(ScrubProblem.DAMAGED_DATA);
            assertThat(finding.quarantined()).isEmpty();
            assertThat(finding.description()).contains("no room");
        });
        assertThat(registry.repository(APP).blobs().find(layer)).isEmpty();
        registry.repository(APP).blobs().push(layer, BlobSource.of(world.layer));
        assertNothingMoved();
    }

    @Test
    void onADiskThatFillsUpNothingIsLeftOfTheCopy() throws IOException {
        ScrubWorld.damage(memory, layer, 9);
        MemoryObjectStore full = MemoryObjectStore.builder()
                .maxBytes(memory.usedBytes() + world.layer.length / 2)
                .build();
        for (String name : ScrubWorld.keys(memory)) {
            full.put(ObjectKey.of(name), ScrubWorld.read(memory, ObjectKey.of(name)), PutCondition.always());
        }
        ScrubReport report = Scrub.over(full).run();
        assertThat(report.findings()).hasSize(1);
        assertThat(full.stat(key)).isEmpty();
        assertThat(ImmutableList.copyOf(Quarantine.of(full).list())).isEmpty();
        assertThat(ScrubWorld.keys(full)).noneMatch(name -> name.contains("staging"));
        registry.close();
    }

    @Test
    void oneDigestIsCheckedAtOnce() throws IOException {
        Scrub scrub = Scrub.over(memory);
        assertThat(scrub.check(layer)).isEmpty();
        ScrubWorld.damage(memory, layer, 9);
        assertThat(scrub.check(layer)).isPresent();
        assertThat(registry.repository(APP).blobs().find(layer)).isEmpty();
        assertThat(scrub.check(layer)).isEmpty();
        assertThat(scrub.lastReport()).isEmpty();
    }
}
