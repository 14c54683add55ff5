package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.StorageFullException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the trash costs, and when it does without. */
class TrashCostTest {
    private static final Duration WINDOW = Duration.ofDays(7);

    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private final CountingStore store = new CountingStore(MemoryObjectStore.create());
    private final StorageRegistry registry =
            StorageRegistry.over(store, StorageOptions.builder().clock(clock).build());
    private final Repository app = registry.repository(world.app);

    private List<String> trashCalls() {
        return store.calls().stream()
                .filter(call -> call.contains(" _berth/trash/"))
                .map(call -> call.substring(0, call.indexOf('/', call.indexOf("_berth/trash/") + 13)))
                .toList();
    }

    @Test
    void aDeletionWritesItsTimeAndEachManifestAndTagOnce() {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest, world.stable);
        app.tags().put(Tag.parse("more"), world.first.digest());
        store.reset();
        app.tags().delete(Tag.parse("more"));
        assertThat(trashCalls()).containsExactly("put _berth/trash/times", "put _berth/trash/tags");
        store.reset();
        app.manifests().delete(world.first.digest());
        assertThat(trashCalls())
                .containsExactly(
                        "put _berth/trash/times",
                        "put _berth/trash/manifests",
                        "put _berth/trash/tags",
                        "put _berth/trash/tags");
        store.reset();
        app.manifests().put(world.first, world.latest);
        assertThat(trashCalls()).isEmpty();
    }

    @Test
    void maintenanceReadsOnlyWhatHasExpired() {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest);
        app.manifests().delete(world.first.digest());
        clock.advance(Duration.ofDays(1));
        app.manifests()
                .put(
                        world.second,
                        IntStream.range(0, 200)
                                .mapToObj(i -> Tag.parse("t" + i))
                                .toArray(Tag[]::new));
        for (int i = 0; i < 200; i++) {
            app.tags().delete(Tag.parse("t" + i));
        }
        store.reset();
        registry.maintain();
        assertThat(trashCalls()).containsExactly("list _berth/trash/times");
        clock.advance(WINDOW.minusDays(1));
        store.reset();
        assertThat(registry.maintain().expiredTrash()).isEqualTo(2);
        assertThat(trashCalls()).hasSizeLessThan(15);
    }

    /** Deleting frees space, so it must not fail for lack of it. */
    @Test
    void aDeletionThatHasNoRoomForTheTrashIsFinal() {
        world.pushBlobs(registry, world.app);
        app.manifests().put(world.first, world.latest, world.stable);
        InterceptedStore full = new InterceptedStore(store) {
            @Override
            <T> T intercept(String operation, String name, Call<T> call) throws java.io.IOException {
                if (operation.equals("put") && name.startsWith("_berth/trash/")) {
                    throw new StorageFullException("no room, not even in reserve");
                }
                return call.run();
            }
        };
        Repository onFullDisk = StorageRegistry.over(full).repository(world.app);
        assertThat(onFullDisk.tags().delete(world.latest)).isTrue();
        assertThat(onFullDisk.manifests().delete(world.first.digest()).deleted())
                .isTrue();
        assertThat(app.manifests().find(world.first.digest())).isEmpty();
        assertThat(registry.trash().deletedRepositories()).isEmpty();
    }

    /** A store whose time is right, and a process whose clock is behind by years, or ahead of the store by days. */
    @Test
    void aClockThatIsBehindDoesNotShortenTheWindow() {
        SettableClock storeClock = new SettableClock();
        MemoryObjectStore timed = MemoryObjectStore.builder().clock(storeClock).build();
        StorageRegistry right = StorageRegistry.over(
                timed, StorageOptions.builder().clock(storeClock).build());
        StorageRegistry behind = StorageRegistry.over(
                timed,
                StorageOptions.builder()
                        .clock(() -> storeClock.instant().minus(Duration.ofDays(1000)))
                        .build());
        world.pushBlobs(right, world.app);
        right.repository(world.app).manifests().put(world.first, world.latest);
        Digest digest = world.first.digest();
        behind.repository(world.app).manifests().delete(digest);
        for (StorageRegistry registry : List.of(right, behind)) {
            assertThat(registry.maintain().expiredTrash()).isZero();
        }
        storeClock.advance(WINDOW.minusHours(1));
        for (StorageRegistry registry : List.of(right, behind)) {
            assertThat(registry.maintain().expiredTrash()).isZero();
        }
        assertThat(right.trash().deleted(world.app)).hasSize(1);
        storeClock.advance(Duration.ofHours(1));
        assertThat(right.maintain().expiredTrash()).isEqualTo(2);
    }

    @Test
    void theWindowIsAtMostNinetyDays() {
        StorageOptions.Builder options = StorageOptions.builder();
        for (Duration wrong : List.of(Duration.ofDays(90).plusSeconds(1), Duration.ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> options.undelete(wrong))
                    .withMessageContaining("0 to 90 days");
        }
        options.undelete(Duration.ZERO).undelete(Duration.ofDays(90));
    }
}
