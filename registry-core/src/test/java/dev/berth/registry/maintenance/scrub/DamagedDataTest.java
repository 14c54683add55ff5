package dev.berth.registry.maintenance.scrub;

import static dev.berth.registry.maintenance.scrub.ScrubWorld.APP;
import static dev.berth.registry.maintenance.scrub.ScrubWorld.LATEST;
import static dev.berth.registry.maintenance.scrub.ScrubWorld.MULTI;
import static dev.berth.registry.maintenance.scrub.ScrubWorld.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A scrub finds a flipped bit in any data, moves the data aside, and a running registry takes the content again at once. */
class DamagedDataTest {
    private final ScrubWorld world = new ScrubWorld();
    private final List<RegistryEvent> events = new ArrayList<>();

    /** Deletes as S3 does: an empty object is left. */
    private static final class Emptying extends ForwardingObjectStore {
        Emptying(ObjectStore store) {
            super(store);
        }

        @Override
        public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
            return delegate()
                    .put(key, new byte[0], PutCondition.ifUnchanged(version))
                    .isPresent();
        }
    }

    static List<Arguments> data() {
        List<Arguments> all = new ArrayList<>();
        for (int which = 0; which < 5; which++) {
            for (String damage : List.of("first", "last", "short", "long", "empty")) {
                all.add(Arguments.of(which, damage, false));
            }
            all.add(Arguments.of(which, "first", true));
            all.add(Arguments.of(which, "empty", true));
        }
        return all;
    }

    private static byte[] damaged(byte[] bytes, String damage) {
        byte[] result = bytes.clone();
        switch (damage) {
            case "first" -> result[0] ^= 1;
            case "last" -> result[result.length - 1] ^= 0x40;
            case "short" -> result = Arrays.copyOf(bytes, bytes.length - 1);
            case "long" -> result = Arrays.copyOf(bytes, bytes.length + 1);
            default -> result = new byte[0];
        }
        return result;
    }

    private Scrub scrub(ObjectStore store) {
        return Scrub.over(
                store,
                ScrubOptions.builder()
                        .listener(ScrubListener.publishing(
                                events::addAll, EventContext.ofActor("scrub"), EventFactory.system()))
                        .build());
    }

    private static void readEverything(Registry registry, ScrubWorld world) throws IOException {
        Repository app = registry.repository(APP);
        for (Digest digest : List.of(Digest.sha256(world.config), Digest.sha256(world.layer))) {
            try (BlobContent content = app.blobs().open(digest)) {
                content.stream().readAllBytes();
            }
        }
        app.manifests().get(LATEST);
        app.manifests().get(MULTI);
    }

    @ParameterizedTest
    @MethodSource("data")
    void isMovedAsideAndPushedAgain(int which, String damage, boolean emptying) throws IOException {
        MemoryObjectStore memory = MemoryObjectStore.create();
        ObjectStore store = emptying ? new Emptying(memory) : memory;
        StorageRegistry registry = StorageRegistry.over(store);
        world.push(registry);
        readEverything(registry, world);
        Digest digest = world.digests().get(which);
        byte[] bytes = damaged(ScrubWorld.read(store, Keys.data(digest)), damage);
        store.put(Keys.data(digest), bytes, PutCondition.always());

        ScrubReport report = scrub(store).run();

        assertThat(report.finished()).isPresent();
        assertThat(report.problems()).isEqualTo(1);
        ScrubFinding finding = report.findings().get(0);
        boolean empty = damage.equals("empty");
        assertThat(finding.problem()).isEqualTo(empty ? ScrubProblem.EMPTY_DATA : ScrubProblem.DAMAGED_DATA);
        assertThat(finding.digest()).contains(digest);
        assertThat(finding.affected())
                .extracting(AffectedRepository::repository)
                .contains(APP, OTHER);
        boolean ofIndexOnly = digest.equals(world.index.digest());
        boolean loose = which == 2;
        finding.affected()
                .forEach(affected -> assertThat(affected.tags())
                        .containsExactlyInAnyOrderElementsOf(
                                loose ? List.of() : ofIndexOnly ? List.of(MULTI) : List.of(LATEST, MULTI)));
        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.type()).isEqualTo(EventType.BLOB_DAMAGED);
            assertThat(event.digest()).contains(digest);
        });
        List<QuarantinedBlob> kept = ImmutableList.copyOf(Quarantine.of(store).list());
        assertThat(kept).hasSize(empty ? 0 : 1);
        for (QuarantinedBlob blob : kept) {
            assertThat(blob.digest()).isEqualTo(digest);
            assertThat(blob.size()).isEqualTo(bytes.length);
            assertThat(finding.quarantined()).contains(blob.key());
            try (InputStream stream = Quarantine.of(store).open(blob).orElseThrow()) {
                assertThat(stream.readAllBytes()).isEqualTo(bytes);
            }
        }

        answersThatItIsMissing(registry, which, digest);
        world.push(registry);
        readEverything(registry, world);
        assertThat(scrub(store).run().findings()).isEmpty();
        assertThat(Quarantine.of(store).clear()).isEqualTo(kept.size());
        assertThat(ScrubWorld.keys(store)).noneMatch(key -> key.contains("quarantine"));
    }

    private static void answersThatItIsMissing(Registry registry, int which, Digest digest) {
        for (var name : List.of(APP, OTHER)) {
            Repository repository = registry.repository(name);
            if (which < 3) {
                assertThat(repository.blobs().find(digest)).isEmpty();
                assertThat(repository.blobs().mount(digest, MountSource.from(APP)))
                        .isEmpty();
            } else {
                assertThat(repository.manifests().find(digest)).isEmpty();
                assertThat(repository.manifests().find(which == 3 ? LATEST : MULTI))
                        .isEmpty();
            }
        }
    }

    static List<Arguments> sizes() {
        return List.of(Arguments.of(1), Arguments.of(70_000), Arguments.of(3_000_000));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void alsoOfASha512(int size) throws IOException {
        MemoryObjectStore store = MemoryObjectStore.create();
        StorageRegistry registry = StorageRegistry.over(store);
        byte[] blob = ScrubWorld.random(size);
        Digest digest = Digest.compute(DigestAlgorithm.SHA512, blob);
        registry.repository(APP).blobs().push(digest, BlobSource.of(blob));
        assertThat(scrub(store).run().findings()).isEmpty();
        byte[] damaged = ScrubWorld.damage(store, digest, size / 2);
        ScrubFinding finding = scrub(store).run().findings().get(0);
        assertThat(ScrubWorld.read(store, finding.quarantined().orElseThrow())).isEqualTo(damaged);
        assertThat(registry.repository(APP).blobs().find(digest)).isEmpty();
        registry.repository(APP).blobs().push(digest, BlobSource.of(blob));
        assertThat(scrub(store).run().findings()).isEmpty();
    }
}
