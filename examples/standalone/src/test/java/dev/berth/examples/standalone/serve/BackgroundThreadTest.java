package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Work in the background goes on after a failure, and not after its end. */
@Timeout(60)
class BackgroundThreadTest {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(50);

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            // It asks for the name of the current thread when that is asked for.
            event.prepareForDeferredProcessing();
            super.append(event);
        }
    };
    private final Logger log = (Logger) LoggerFactory.getLogger(BackgroundThreadTest.class);
    private final BackgroundThread thread = new BackgroundThread("berth-test", log, "The test failed; it goes on");

    @BeforeEach
    void listen() {
        logged.start();
        log.setLevel(Level.DEBUG);
        log.setAdditive(false);
        log.addAppender(logged);
    }

    @AfterEach
    void end() {
        assertThat(thread.interrupt(LONG)).isTrue();
        log.detachAppender(logged);
        log.setAdditive(true);
        log.setLevel(null);
    }

    private void awaitRuns(int runs, Runnable task) throws InterruptedException {
        CountDownLatch left = new CountDownLatch(runs);
        thread.repeat(Duration.ZERO, MILLISECOND, () -> {
            left.countDown();
            task.run();
        });
        assertThat(left.await(50, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskThatThrowsRunsAgain() throws InterruptedException {
        awaitRuns(3, () -> {
            throw new IllegalStateException("broken");
        });
    }

    @Test
    void anErrorIsLoggedWithItsTraceAndTheTaskRunsAgain() throws InterruptedException {
        awaitRuns(2, () -> {
            throw new StackOverflowError("too deep");
        });

        ILoggingEvent first = logged.list.get(0);
        assertThat(first.getLevel()).isEqualTo(Level.WARN);
        assertThat(first.getFormattedMessage()).isEqualTo("The test failed; it goes on");
        assertThat(first.getThreadName()).isEqualTo("berth-test");
        assertThat(first.getThrowableProxy().getMessage()).isEqualTo("too deep");
    }

    @Test
    void itEndsWithTheRunThatIsInProgress() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        thread.repeat(Duration.ZERO, MILLISECOND, () -> {
            runs.incrementAndGet();
            begun.countDown();
            await(ended);
        });
        assertThat(begun.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.isEnding()).isFalse();

        thread.end();
        assertThat(thread.isEnding()).isTrue();
        ended.countDown();
        thread.close(LONG);

        assertThat(thread.interrupt(Duration.ZERO)).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void closingItInterruptsWhatTakesTooLong() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        thread.execute(() -> {
            begun.countDown();
            await(new CountDownLatch(1));
            interrupted.countDown();
        });
        assertThat(begun.await(50, TimeUnit.SECONDS)).isTrue();

        thread.close(MILLISECOND);

        assertThat(interrupted.await(50, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatWasNotDoneIsLoggedUnlessTheTaskWasToldToEnd() {
        RegistryException failure = RegistryException.of(ErrorCode.UNAVAILABLE, "The storage is away");
        thread.incomplete("The test was not completed", "it goes on", failure);
        thread.end();
        thread.incomplete("The test was not completed", "it goes on", failure);

        assertThat(logged.list)
                .extracting(ILoggingEvent::toString)
                .containsExactly(
                        "[WARN] The test was not completed; it goes on: UNAVAILABLE: The storage is away",
                        "[DEBUG] The test was not completed");
        assertThat(logged.list.get(0).getThrowableProxy()).isNull();
        assertThat(logged.list.get(1).getThrowableProxy().getMessage()).isEqualTo("UNAVAILABLE: The storage is away");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
