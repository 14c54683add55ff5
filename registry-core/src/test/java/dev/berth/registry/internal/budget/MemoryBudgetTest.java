package dev.berth.registry.internal.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryBudgetTest {
    private static final int MIB = 1024 * 1024;

    private final MemoryBudget budget = new MemoryBudget(4 * MIB);

    private static void assertPutOff(Throwable e) {
        assertThat(e).isInstanceOfSatisfying(RegistryException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
        });
    }

    @Test
    void whoFindsNoRoomIsPutOff() {
        try (MemoryLease all = budget.acquire(3 * MIB, 1)) {
            assertThatThrownBy(() -> budget.acquire(MIB, 1)).satisfies(MemoryBudgetTest::assertPutOff);
            assertThat(budget.attempt(MIB)).isEmpty();
        }
        budget.acquire(3 * MIB, 1).close();
    }

    @Test
    void whoWaitsIsServedWhenThereIsRoom() throws Exception {
        MemoryLease all = budget.acquire(3 * MIB, 1);
        CompletableFuture<MemoryLease> waiting = CompletableFuture.supplyAsync(() -> budget.acquire(MIB, 1));
        while (!budget.isShort() || waiting.isDone()) {
            assertThat(waiting.isDone()).isFalse();
            Thread.onSpinWait();
        }
        all.close();
        waiting.get(10, TimeUnit.SECONDS).close();
        assertThat(budget.isShort()).isFalse();
    }

    @Test
    void whatIsLargerThanTheBudgetIsServedAlone() {
        MemoryLease huge = budget.acquire(64L * MIB, 6);
        assertThat(budget.attempt(MIB)).isEmpty();
        huge.close();
        assertThat(budget.attempt(MIB)).isPresent();
    }

    @Test
    void smallContentDoesNotWaitForLarge() {
        try (MemoryLease large = budget.acquire(64L * MIB, 1)) {
            for (int i = 0; i < 10; i++) {
                assertThat(budget.attempt(MemoryBudget.SMALL)).isPresent();
            }
        }
    }

    @Test
    void whoseWorkIsAbandonedWaitsNoLonger() {
        try (MemoryLease all = budget.acquire(3 * MIB, 1)) {
            assertThatThrownBy(() -> budget.acquire(MIB, 1, () -> true)).satisfies(MemoryBudgetTest::assertPutOff);
        }
        assertThat(budget.isShort()).isFalse();
    }

    @Test
    void whatGrowsSlowlyLosesWhatItHasReserved() {
        MemoryLease slow = budget.forGrowing(() -> false);
        slow.growTo(2 * MemoryBudget.SMALL, 3 * MIB);
        assertThat(budget.attempt(2 * MIB)).isEmpty();

        // Waits for less time than it would be put off after.
        MemoryLease other = budget.acquire(2 * MIB, 1);
        assertThatThrownBy(() -> slow.growTo(2 * MIB, 3 * MIB)).satisfies(MemoryBudgetTest::assertPutOff);
        other.close();
        slow.growTo(3 * MIB, 3 * MIB);
        slow.close();
        slow.close();
        budget.acquire(3 * MIB, 1).close();
    }

    @Test
    void anInterruptEndsTheWait() {
        try (MemoryLease all = budget.acquire(3 * MIB, 1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> budget.acquire(MIB, 1)).satisfies(MemoryBudgetTest::assertPutOff);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
