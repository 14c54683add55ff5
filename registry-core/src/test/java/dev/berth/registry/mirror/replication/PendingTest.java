package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What waits to be carried over. */
class PendingTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Work ONE = work("1");
    private static final Work TWO = work("2");

    private final Pending pending = new Pending(2);

    private static Work work(String tag) {
        return new Work(RepositoryName.parse("team/app"), Tag.parse(tag));
    }

    @Test
    void isTakenInTheOrderInWhichItCameAndOnce() {
        pending.add(TWO, NOW);
        pending.add(ONE, NOW);
        pending.add(TWO, NOW);
        assertThat(pending.take(NOW)).contains(TWO);
        assertThat(pending.take(NOW)).contains(ONE);
        assertThat(pending.take(NOW)).isEmpty();
        assertThat(pending.size()).isEqualTo(2);
    }

    @Test
    void whatChangesWhileSomebodyHasItIsTakenAgainAfterwards() {
        pending.add(ONE, NOW);
        pending.take(NOW);
        pending.add(ONE, NOW);
        assertThat(pending.take(NOW)).isEmpty();
        pending.done(ONE, NOW.plusSeconds(5));
        assertThat(pending.oldest()).contains(NOW.plusSeconds(5));
        assertThat(pending.take(NOW.plusSeconds(5))).contains(ONE);
        pending.done(ONE, NOW.plusSeconds(6));
        assertThat(pending.size()).isZero();
    }

    @Test
    void onlyOneHasItAtATime() {
        assertThat(pending.claim(ONE)).isTrue();
        assertThat(pending.claim(ONE)).isFalse();
        // Who has it looks again.
        pending.done(ONE, NOW);
        assertThat(pending.take(NOW)).contains(ONE);
    }

    @Test
    void whatOnlyAComparisonLooksAtDoesNotCountAsWaiting() {
        assertThat(pending.claim(ONE)).isTrue();
        assertThat(pending.size()).isZero();
        assertThat(pending.oldest()).isEmpty();
        pending.retry(ONE, NOW, NOW.plusSeconds(1));
        assertThat(pending.size()).isEqualTo(1);
    }

    @Test
    void whatFailsWaitsAndIsCounted() {
        pending.add(ONE, NOW);
        pending.take(NOW);
        pending.retry(ONE, NOW, NOW.plusSeconds(10));
        assertThat(pending.attempts(ONE)).isEqualTo(1);
        pending.add(ONE, NOW.plusSeconds(1));
        assertThat(pending.take(NOW.plusSeconds(9))).isEmpty();
        assertThat(pending.nextDue()).contains(NOW.plusSeconds(10));
        assertThat(pending.oldest()).contains(NOW);
        assertThat(pending.take(NOW.plusSeconds(10))).contains(ONE);
    }

    @Test
    void whatDoesNotFitIsNoted() {
        pending.add(ONE, NOW);
        pending.add(TWO, NOW);
        assertThat(pending.hasOverflown()).isFalse();
        pending.add(work("3"), NOW);
        assertThat(pending.takeOverflow()).isTrue();
        assertThat(pending.takeOverflow()).isFalse();
        assertThat(pending.size()).isEqualTo(2);
    }
}
