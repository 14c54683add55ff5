package dev.berth.registry.webhook;

import dev.berth.registry.internal.eventlog.EventLog;
import dev.berth.registry.internal.eventlog.ReceiverKeys;
import dev.berth.registry.internal.eventlog.StoreLease;
import dev.berth.registry.internal.pace.Waker;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * What one node does beside publishing: it keeps leases, moves the log into queues if the lease of the log is its own, and
 * delivers to the endpoints that it knows. Threads call its parts, or a test calls all of them in turn.
 */
final class DeliveryNode {
    private static final Duration SHORTEST_POLL = Duration.ofMillis(100);
    private static final Duration KEEP = Duration.ofSeconds(1);

    private final ObjectStore store;
    private final EndpointDirectory directory;
    private final ReadBuffer reads;
    private final WebhookOptions options;
    private final String node;
    private final Told told;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final StoreLease logLease;
    private final Distributor distributor;
    private final Housekeeping housekeeping;
    private final Map<String, Running> deliveries = new ConcurrentHashMap<>();
    private final Waker logWaker = new Waker();
    private final Waker keepWaker = new Waker();
    private volatile Threads threads;
    private volatile Duration poll = SHORTEST_POLL;
    private long nextLease;

    /** Where the loops of endpoints run, if in threads at all. */
    private record Threads(Executor executor, Optional<DeliveryThreads> started) {}

    private record Running(EndpointDelivery delivery, Waker waker) {
        void nudge() {
            delivery.nudge();
            waker.wake();
        }
    }

    DeliveryNode(
            ObjectStore store,
            EventLog eventLog,
            EndpointDirectory directory,
            ReadBuffer reads,
            WebhookOptions options,
            String node,
            Told told) {
        this.store = store;
        this.directory = directory;
        this.reads = reads;
        this.options = options;
        this.node = node;
        this.told = told;
        this.clock = options.clock();
        this.nanoTime = options.nanoTime();
        this.threads = new Threads(Runnable::run, Optional.empty());
        this.nextLease = nanoTime.getAsLong();
        this.logLease = new StoreLease(
                store, ReceiverKeys.LOG_LEASE, node, options.lease(), options.clock(), options.nanoTime());
        this.housekeeping = new Housekeeping(store, directory, told, options);
        this.distributor = new Distributor(store, eventLog, directory, logLease, told, options, this::queued);
    }

    void start(DeliveryThreads started) {
        threads = new Threads(started.executor(), Optional.of(started));
        started.loop(keepWaker, () -> {
            keep();
            Duration reading = options.readInterval();
            return reading.compareTo(KEEP) < 0 ? reading : KEEP;
        });
        started.loop(logWaker, this::distribute);
    }

    /** Something is in the log that this node has put there. */
    void appended() {
        poll = SHORTEST_POLL;
        logWaker.wake();
    }

    /** There are enough reads to write them. */
    void readsWait() {
        keepWaker.wake();
    }

    private void queued(String endpoint) {
        Running running = deliveries.get(endpoint);
        if (running != null) {
            running.nudge();
        }
    }

    /** Keeps leases and what is known; called about each second. Failures of the store wait for the next time. */
    void keep() {
        attempt("read the endpoints of webhooks", directory::refreshIfOld);
        meetEndpoints();
        attempt("write reads to the log of events", () -> reads.flush(false));
        long now = nanoTime.getAsLong();
        if (now - nextLease >= 0) {
            nextLease = now + options.lease().dividedBy(3).toNanos();
            keepLeases();
        }
    }

    private void keepLeases() {
        attempt("keep the lease of the log of events", () -> {
            String text = String.join("\n", deliveries.keySet());
            boolean had = logLease.held();
            if (had ? logLease.renew(text) : logLease.acquire(text)) {
                if (!had) {
                    appended();
                }
            }
        });
        for (Running running : deliveries.values()) {
            attempt("keep the lease of a webhook", running.delivery()::renew);
        }
    }

    /** Begins with endpoints that are new, and ends with those that are gone. */
    private void meetEndpoints() {
        for (DirectoryEntry entry : directory.known().entries()) {
            if (directory.endpoint(entry.name()).isPresent() && !deliveries.containsKey(entry.name())) {
                Running running = new Running(newDelivery(entry.name()), new Waker());
                deliveries.put(entry.name(), running);
                threads.started().ifPresent(started -> started.loop(running.waker(), () -> deliver(running)));
            }
        }
        for (Map.Entry<String, Running> running : List.copyOf(deliveries.entrySet())) {
            if (directory.endpoint(running.getKey()).isEmpty()) {
                running.getValue().delivery().stop();
                running.getValue().waker().wake();
                if (threads.started().isEmpty()) {
                    running.getValue().delivery().step();
                }
                deliveries.remove(running.getKey());
            }
        }
    }

    private EndpointDelivery newDelivery(String name) {
        return new EndpointDelivery(
                name,
                store,
                directory,
                options,
                node,
                told,
                this::send,
                logLease::held,
                () -> List.of(logLease.text().split("\n", -1)).contains(name));
    }

    /** While the node is being closed, the threads take nothing more; what is begun is finished all the same. */
    private void send(Runnable task) {
        try {
            threads.executor().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    private Duration deliver(Running running) {
        Instant next = running.delivery().step();
        if (!deliveries.containsValue(running)) {
            return Duration.ofMillis(-1);
        }
        Duration wait = Duration.between(clock.instant(), next);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private Duration distribute() {
        while (distributeStep()) {
            poll = SHORTEST_POLL;
        }
        Duration wait = logLease.held() ? poll : options.longestPoll();
        Duration longer = poll.plus(poll.dividedBy(2));
        poll = longer.compareTo(options.longestPoll()) < 0 ? longer : options.longestPoll();
        return wait;
    }

    private boolean distributeStep() {
        try {
            boolean more = distributor.step();
            if (!more && logLease.held()) {
                housekeeping.runIfDue();
            }
            return more;
        } catch (IOException e) {
            told.storeFailed("put events into the queues of webhooks", e);
            return false;
        }
    }

    /** Does all that can be done now, in this thread; for tests. Returns the time at which there may be more. */
    Instant runOnce() {
        keep();
        for (int i = 0; i < 100 && distributeStep(); i++) {
            // There may be more.
        }
        Instant now = clock.instant();
        Instant next = now.plus(KEEP);
        for (Running running : deliveries.values()) {
            Instant then = running.delivery().step();
            for (int i = 0; i < 1000 && !then.isAfter(clock.instant()); i++) {
                then = running.delivery().step();
            }
            next = then.isBefore(next) ? then : next;
        }
        return next;
    }

    /** Returns the delivery to an endpoint, if this node knows it. */
    Optional<EndpointDelivery> delivery(String name) {
        return Optional.ofNullable(deliveries.get(name)).map(Running::delivery);
    }

    /** Ends messages after those that are being sent. */
    void stop() {
        deliveries.values().forEach(running -> running.delivery().stop());
    }

    /** Writes what is in memory, and gives the leases back. After the threads have ended. */
    void close() {
        attempt("write reads to the log of events", () -> reads.flush(true));
        for (Running running : deliveries.values()) {
            attempt("give back the lease of a webhook", running.delivery()::close);
        }
        attempt("give back the lease of the log of events", () -> logLease.release(""));
    }

    private interface Attempt {
        void make() throws IOException;
    }

    private void attempt(String what, Attempt attempt) {
        try {
            attempt.make();
        } catch (IOException e) {
            told.storeFailed(what, e);
        }
    }
}
