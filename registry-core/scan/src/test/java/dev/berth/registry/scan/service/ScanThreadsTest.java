package dev.berth.registry.scan.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.scan.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service in threads of its own. */
@Timeout(60)
class ScanThreadsTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");

    private final SettableClock clock = new SettableClock();
    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final TestScanner scanner = new TestScanner(clock);
    private final SampleImages images = new SampleImages(3);

    private ScanServiceBuilder service() {
        return ScanService.builder(registry, store, scanner)
                .clock(clock)
                .nanoTime(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .random(() -> 0.5);
    }

    private Manifest push(String tag) {
        return images.image(registry.repository(APP), List.of(10), Tag.parse(tag));
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    @Test
    void itWorksByItself() throws InterruptedException {
        Manifest image = push("1");
        try (ScanService scans = service().build()) {
            scans.start();
            until(() -> scans.of(APP, image.digest()).state() == Verdict.State.SCANNED);
            Manifest asked = push("2");
            scans.scan(registry.repository(APP), asked.digest());
            until(() -> scans.of(APP, asked.digest()).state() == Verdict.State.SCANNED);
        }
    }

    @Test
    void noMoreThanSoManyAreScannedAtTheSameTime() throws InterruptedException {
        Semaphore goOn = new Semaphore(0);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        scanner.act = (repository, image) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            goOn.acquireUninterruptibly();
            now.decrementAndGet();
        };
        List<Manifest> pushed = List.of(push("1"), push("2"), push("3"), push("4"), push("5"));
        try (ScanService scans = service().parallelism(3).build()) {
            scans.start();
            until(() -> now.get() == 3);
            assertThat(scans.status().running()).hasSize(3);
            goOn.release(5);
            until(() -> pushed.stream()
                    .allMatch(image -> scans.of(APP, image.digest()).state() == Verdict.State.SCANNED));
        }
        assertThat(most.get()).isEqualTo(3);
    }

    @Test
    void aScannerThatHangsIsInterrupted() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        scanner.act = (repository, image) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw RegistryException.of(ErrorCode.UNAVAILABLE, "Interrupted", e);
            }
        };
        Manifest image = push("1");
        try (ScanService scans =
                service().tries(1).timeLimit(Duration.ofMinutes(10)).build()) {
            scans.step();
            scans.turn();
            begun.await();
            clock.advance(Duration.ofMinutes(9));
            scans.turn();
            assertThat(interrupted.getCount()).isEqualTo(1);
            clock.advance(Duration.ofMinutes(2));
            scans.turn();
            interrupted.await();
            until(() -> scans.of(APP, image.digest()).state() == Verdict.State.FAILED);
            assertThat(scans.of(APP, image.digest()).reason()).contains("longer than 600 seconds");
        }
    }

    /** Its image is free, its thread is not. */
    @Test
    void aScannerThatDoesNotCareForInterruptsKeepsItsImageFromNobody() throws InterruptedException {
        Semaphore goOn = new Semaphore(0);
        CountDownLatch begun = new CountDownLatch(1);
        scanner.act = (repository, image) -> {
            begun.countDown();
            goOn.acquireUninterruptibly();
        };
        Manifest image = push("1");
        try (ScanService scans = service()
                .tries(1)
                .parallelism(1)
                .timeLimit(Duration.ofMinutes(10))
                .build()) {
            scans.step();
            scans.turn();
            begun.await();
            clock.advance(Duration.ofMinutes(11));
            scans.turn();
            scans.turn();
            assertThat(scans.of(APP, image.digest()).state()).isEqualTo(Verdict.State.FAILED);
            assertThat(scans.status().running()).hasSize(1);
            goOn.release();
            until(() -> scans.status().running().isEmpty());
            assertThat(scans.of(APP, image.digest()).state()).isEqualTo(Verdict.State.FAILED);
        }
    }

    @Test
    void whatIsInProgressWhenItIsClosedIsBegunAgainAndDoesNotCount() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        scanner.act = (repository, image) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw RegistryException.of(ErrorCode.UNAVAILABLE, "Interrupted", e);
            }
        };
        Manifest image = push("1");
        try (ScanService scans = service().tries(1).build()) {
            scans.start();
            begun.await();
        }
        scanner.act = (repository, ignored) -> {};
        try (ScanService again = service().tries(1).build()) {
            assertThat(again.of(APP, image.digest()).state()).isEqualTo(Verdict.State.PENDING);
            again.start();
            until(() -> again.of(APP, image.digest()).state() == Verdict.State.SCANNED);
        }
    }
}
