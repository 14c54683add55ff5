package dev.berth.registry.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work on an executor that belongs to somebody else, with one thread. */
class RepetitionTest {
    private static final Logger LOG = LoggerFactory.getLogger(RepetitionTest.class);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final ScheduledExecutorService shared = Executors.newSingleThreadScheduledExecutor();
    private final Repetition repetition = new Repetition(LOG, "failed", error -> {});
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();

    @AfterEach
    void close() {
        shared.shutdownNow();
    }

    private void startWaitingWork() throws InterruptedException {
        repetition.start(shared, Duration.ZERO, SHORT, () -> {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
                Thread.currentThread().interrupt();
            }
        });
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private boolean interruptedInNextTask() throws Exception {
        return shared.submit(() -> Thread.currentThread().isInterrupted()).get(1, TimeUnit.MINUTES);
    }

    @Test
    void anInterruptIsForTheWorkAndNotForTheThread() throws Exception {
        startWaitingWork();

        assertThat(repetition.interrupt(LONG)).isTrue();

        assertThat(interrupted).isTrue();
        assertThat(interruptedInNextTask()).isFalse();
        assertThat(shared.isShutdown()).isFalse();
    }

    @Test
    void aRunThatEndsInTimeIsNotInterrupted() throws Exception {
        startWaitingWork();
        released.countDown();

        repetition.close(LONG);

        assertThat(interrupted).isFalse();
        assertThat(interruptedInNextTask()).isFalse();
    }

    @Test
    void aRunThatDoesNotEndIsInterruptedAfterItsTime() throws Exception {
        startWaitingWork();

        repetition.close(SHORT);

        assertThat(interruptedInNextTask()).isFalse();
        assertThat(interrupted).isTrue();
    }

    @Test
    void nothingBeginsAfterTheEnd() throws Exception {
        repetition.end();
        repetition.start(shared, Duration.ZERO, SHORT, begun::countDown);

        assertThat(interruptedInNextTask()).isFalse();
        assertThat(begun.getCount()).isEqualTo(1);
    }
}
