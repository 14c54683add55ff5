package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.DeleteResult;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.memory.MemoryObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deletion of a manifest with very many tags is bounded: it says what is left, and the next one goes on. */
@org.junit.jupiter.api.Tag("any-jdk")
class ManyTagsDeletionTest {
    private static final int TAGS = 2 * ManifestDelete.MOST_TAGS + 500;

    private final World world = new World();
    private final CountingStore store = new CountingStore(MemoryObjectStore.create());
    private final StorageRegistry registry = StorageRegistry.over(
            store, StorageOptions.builder().clock(new SettableClock()).build());
    private final Repository app = registry.repository(world.app);

    @BeforeEach
    void pushBlobs() {
        world.pushBlobs(registry, world.app);
    }

    private static Tag[] tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> Tag.parse("t" + i)).toArray(Tag[]::new);
    }

    private static RegistryException unfinished(Repository repository, World world) {
        RegistryException failure = catchThrowableOfType(
                RegistryException.class, () -> repository.manifests().delete(world.first.digest()));
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure.retryAfter()).isPresent();
        return failure;
    }

    @Test
    void eachRequestDeletesSomeUntilTheManifestIsGone() {
        app.manifests().put(world.first, tags(TAGS));
        app.manifests().put(world.second, world.stable);
        for (int left = TAGS - ManifestDelete.MOST_TAGS; left > 0; left -= ManifestDelete.MOST_TAGS) {
            store.reset();
            assertThat(unfinished(app, world))
                    .hasMessageContaining(ManifestDelete.MOST_TAGS + " were deleted")
                    .hasMessageContaining("repeat the request");
            assertThat(store.calls()).hasSizeLessThan(10 * ManifestDelete.MOST_TAGS);
            // Every tag that is listed is there, and the manifest is as long as there is one.
            assertThat(app.tags().list()).hasSize(left + 1);
            assertThat(app.tags().list().limit(50))
                    .allMatch(tag -> app.tags().resolve(tag).isPresent());
        }
        DeleteResult last = app.manifests().delete(world.first.digest());
        assertThat(last.deleted()).isTrue();
        assertThat(last.tags()).hasSize(TAGS - 2 * ManifestDelete.MOST_TAGS);
        assertThat(app.manifests().find(world.first.digest())).isEmpty();
        assertThat(app.tags().list()).containsExactly(world.stable);
        assertThat(app.manifests().delete(world.first.digest()).deleted()).isFalse();
    }

    @Test
    void noTagComesBackIfTheManifestIsPushedInBetween() {
        app.manifests().put(world.first, tags(ManifestDelete.MOST_TAGS + 10));
        unfinished(app, world);
        app.manifests().put(world.first, world.latest);
        assertThat(app.tags().list()).hasSize(11);
        app.manifests().delete(world.first.digest());
        assertThatNoTagIsLeft();
        app.manifests().put(world.first, world.latest);
        assertThat(app.tags().list()).containsExactly(world.latest);
        StorageRegistry later = StorageRegistry.over(store);
        later.maintain();
        assertThat(later.repository(world.app).tags().list()).containsExactly(world.latest);
    }

    private void assertThatNoTagIsLeft() {
        assertThat(registry.repositories()).isEmpty();
        for (Tag tag : tags(20)) {
            assertThat(app.tags().resolve(tag)).isEmpty();
        }
        assertThat(app.tags().resolve(world.latest)).isEmpty();
    }

    /** Over a slow store the time is over long before that number, but each request deletes one at least. */
    @Test
    void aRequestEndsWhenItsTimeIsOver() {
        app.manifests().put(world.first, tags(10));
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        InstantSource hurried = () -> {
            now[0] = now[0].plus(Duration.ofSeconds(1));
            return now[0];
        };
        Repository slow = StorageRegistry.over(
                        store, StorageOptions.builder().clock(hurried).build())
                .repository(world.app);
        int requests = 1;
        while (app.manifests().find(world.first.digest()).isPresent() && requests < 20) {
            if (app.tags().list().toList().size() > 4) {
                unfinished(slow, world);
            } else {
                app.manifests().delete(world.first.digest());
            }
            requests++;
        }
        assertThat(requests).isBetween(3, 12);
        assertThatNoTagIsLeft();
    }
}
