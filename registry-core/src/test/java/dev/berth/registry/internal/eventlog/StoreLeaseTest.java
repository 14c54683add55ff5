package dev.berth.registry.internal.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoreLeaseTest {
    private static final ObjectKey KEY = ObjectKey.of("lease");

    private final ObjectStore store = MemoryObjectStore.create();
    private long nanos = 5;

    private StoreLease lease(String node) {
        return new StoreLease(store, KEY, node, Duration.ofSeconds(30), () -> Instant.EPOCH, () -> nanos);
    }

    private void pass(int seconds) {
        nanos += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void oneNodeHasItUntilItGivesItBack() throws IOException {
        StoreLease one = lease("one");
        StoreLease two = lease("two");

        assertThat(one.acquire("says one")).isTrue();
        assertThat(two.acquire("")).isFalse();
        assertThat(two.text()).isEqualTo("says one");
        one.release("bye");

        assertThat(one.held()).isFalse();
        assertThat(two.acquire("")).isTrue();
        assertThat(two.term()).isGreaterThan(one.term());
    }

    @Test
    void oneThatIsNotRenewedIsTakenOver() throws IOException {
        StoreLease one = lease("one");
        StoreLease two = lease("two");
        assertThat(one.acquire("")).isTrue();
        assertThat(two.acquire("")).isFalse();
        pass(29);
        assertThat(two.acquire("")).isFalse();
        pass(1);

        assertThat(one.held()).isFalse();
        assertThat(one.confirm()).as("nobody has taken it").isTrue();
        assertThat(two.acquire("")).isTrue();
        assertThat(one.confirm()).isFalse();
        assertThat(one.renew("")).isFalse();
        assertThat(two.held()).isTrue();
    }

    @Test
    void oneThatIsRenewedIsNot() throws IOException {
        StoreLease one = lease("one");
        StoreLease two = lease("two");
        assertThat(one.acquire("")).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(two.acquire("")).isFalse();
            pass(10);
            assertThat(one.renew("")).isTrue();
        }
        assertThat(one.held()).isTrue();
    }

    @Test
    void whatCannotBeReadIsFree() throws IOException {
        store.put(KEY, new byte[0], PutCondition.always());

        assertThat(lease("one").acquire("")).isTrue();
    }
}
