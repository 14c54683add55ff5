package dev.berth.registry.scan.service;

import dev.berth.registry.Registry;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.internal.pace.RetrySchedule;
import dev.berth.registry.scan.inventory.LayerInventories;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ScanService}. Not thread-safe.
 *
 * @since 0.1
 */
public final class ScanServiceBuilder {
    final Registry registry;
    final ObjectStore store;
    final Scanner scanner;
    private List<NamePattern> repositories = List.of();
    private int parallelism = 2;
    private int tries = 5;
    int indexCapacity = 5_000_000;
    private Duration timeLimit = Duration.ofMinutes(30);
    private Duration firstBackoff = Duration.ofSeconds(30);
    private Duration longestBackoff = Duration.ofMinutes(30);
    private Duration interval = Duration.ofMinutes(15);
    private Duration upkeep = Duration.ofDays(1);
    private Duration maxAge = Duration.ofDays(7);
    private Duration lease = Duration.ofSeconds(30);
    ScanListener listener = ScanListener.none();
    ScannedHook onScanned = (repository, image) -> {};
    LayerInventories kept = LayerInventories.none();
    Runnable upkeepTask = () -> {};

    @Nullable Executor executor;

    InstantSource clock = InstantSource.system();
    private LongSupplier nanoTime = System::nanoTime;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    ScanServiceBuilder(Registry registry, ObjectStore store, Scanner scanner) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.store = Objects.requireNonNull(store, "store");
        this.scanner = Objects.requireNonNull(scanner, "scanner");
    }

    /**
     * Sets which repositories are scanned by themselves: those that one of the patterns matches. By default, and without
     * patterns, all. On demand, others are scanned as well.
     */
    public ScanServiceBuilder repositories(List<NamePattern> patterns) {
        this.repositories = List.copyOf(patterns);
        return this;
    }

    /**
     * Sets how many images this node scans at the same time; 2 by default.
     *
     * @throws IllegalArgumentException if it is not between 1 and 256
     */
    public ScanServiceBuilder parallelism(int images) {
        if (images < 1 || images > 256) {
            throw new IllegalArgumentException("The number of scans at the same time must be 1 to 256, not " + images);
        }
        this.parallelism = images;
        return this;
    }

    /**
     * Sets how often a scan is tried before it has failed; 5 times by default. A try that ends since its process dies
     * counts as well.
     *
     * @throws IllegalArgumentException if it is not between 1 and 100
     */
    public ScanServiceBuilder tries(int times) {
        if (times < 1 || times > 100) {
            throw new IllegalArgumentException("The number of tries must be 1 to 100, not " + times);
        }
        this.tries = times;
        return this;
    }

    /**
     * Sets after which time a scan is interrupted; 30 minutes by default. A scanner that does not end then keeps one of the
     * scans of this node busy.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ScanServiceBuilder timeLimit(Duration newTimeLimit) {
        this.timeLimit = positive(newTimeLimit);
        return this;
    }

    /**
     * Sets how long the waits after failures are: after the first failure {@code first} on average, each time twice as
     * long, at most {@code longest} on average. 30 seconds and 30 minutes by default.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public ScanServiceBuilder backoff(Duration first, Duration longest) {
        this.firstBackoff = positive(first);
        this.longestBackoff = positive(longest);
        return this;
    }

    /**
     * Sets how long after a comparison the next one begins; 15 minutes by default. It lists all tags.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ScanServiceBuilder interval(Duration newInterval) {
        this.interval = positive(newInterval);
        return this;
    }

    /**
     * Sets how long after an upkeep the next one begins; one day by default. It looks at every image that was scanned.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ScanServiceBuilder upkeep(Duration newUpkeep) {
        this.upkeep = positive(newUpkeep);
        return this;
    }

    /**
     * Sets from which age on an image is scanned again, by the upkeep; 7 days by default. Zero for never.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public ScanServiceBuilder maxAge(Duration newMaxAge) {
        if (newMaxAge.isNegative()) {
            throw new IllegalArgumentException("A time cannot be negative: " + newMaxAge);
        }
        this.maxAge = newMaxAge;
        return this;
    }

    /**
     * Sets after which time without a sign of life of a node others begin its scans again; 30 seconds by default. Each node
     * writes a small object three times in it.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ScanServiceBuilder lease(Duration newLease) {
        this.lease = positive(newLease);
        return this;
    }

    /** Sets who is told what happens; nobody by default. */
    public ScanServiceBuilder listener(ScanListener newListener) {
        this.listener = Objects.requireNonNull(newListener, "newListener");
        return this;
    }

    /** Sets what is done with an image after a scan of it, such as {@code sbomAttachment::attach}. Default: nothing. */
    public ScanServiceBuilder onScanned(ScannedHook newOnScanned) {
        this.onScanned = Objects.requireNonNull(newOnScanned, "newOnScanned");
        return this;
    }

    /**
     * Sets the inventories that are kept, which the scanner uses as well: the upkeep keeps them within their room, and
     * packages of images are compared by them. Default: none.
     */
    public ScanServiceBuilder inventories(StoredInventories inventories) {
        this.kept = inventories;
        this.upkeepTask = inventories::sweep;
        return this;
    }

    /**
     * Sets how many pairs of an image and the name of a finding are in memory, for the question which images have it, and
     * as many of an image and a package; 5 million by default, which need about 40 MB. What is more is read from the store with each question.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public ScanServiceBuilder indexCapacity(int pairs) {
        if (pairs < 0) {
            throw new IllegalArgumentException("A capacity cannot be negative: " + pairs);
        }
        this.indexCapacity = pairs;
        return this;
    }

    /** Sets what runs scans: each takes a thread for as long as it lasts. By default there are threads of its own. */
    public ScanServiceBuilder executor(Executor newExecutor) {
        this.executor = Objects.requireNonNull(newExecutor, "newExecutor");
        return this;
    }

    /** Sets the clock; that of the system by default. */
    public ScanServiceBuilder clock(InstantSource newClock) {
        this.clock = Objects.requireNonNull(newClock, "newClock");
        return this;
    }

    /** Sets what measures leases, in nanoseconds; {@link System#nanoTime} by default. */
    public ScanServiceBuilder nanoTime(LongSupplier newNanoTime) {
        this.nanoTime = Objects.requireNonNull(newNanoTime, "newNanoTime");
        return this;
    }

    /** Sets the random numbers of waits, from 0 to below 1. Must be thread-safe. */
    public ScanServiceBuilder random(DoubleSupplier newRandom) {
        this.random = Objects.requireNonNull(newRandom, "newRandom");
        return this;
    }

    private static Duration positive(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("The duration must be positive: " + duration);
        }
        return duration;
    }

    ScanSettings settings(Executor running, ScanListener told) {
        List<NamePattern> patterns = repositories;
        return new ScanSettings(
                String.format(Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong()),
                name -> patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(name)),
                parallelism,
                tries,
                timeLimit,
                interval,
                upkeep,
                maxAge,
                lease,
                new RetrySchedule(firstBackoff, longestBackoff, random),
                told,
                running,
                clock,
                nanoTime);
    }

    /** Returns the service, which does nothing before {@link ScanService#start} but taking requests. */
    public ScanService build() {
        return new ScanService(this);
    }
}
