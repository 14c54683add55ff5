package dev.berth.registry.webhook;

import dev.berth.registry.internal.eventlog.DeadMessages;
import dev.berth.registry.internal.eventlog.QueuedMessage;
import dev.berth.registry.internal.eventlog.ReceiverKeys;
import dev.berth.registry.internal.eventlog.StoreLease;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what waits for one endpoint, while this node has the lease for that. It takes the lease when there is something
 * to deliver and gives it back when nothing is left, so that an idle endpoint costs nothing. {@link #step} is for one thread;
 * the rest is thread-safe.
 */
final class EndpointDelivery {
    /** How many messages are in memory. */
    private static final int WINDOW = 1000;

    /** How many messages of one lane are sent before the others have their turn. */
    private static final int RUN_MESSAGES = 20;

    private static final long RUN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int SWEEP = 20;

    /** How much is given up in one step, so that leases are looked at in between. */
    private static final int GIVE_UP = 1000;

    private static final Duration LINGER = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration EXPIRY = Duration.ofMinutes(1);
    private static final Duration DEEP_EXPIRY = Duration.ofHours(1);
    private static final Duration LONGEST_STORE_WAIT = Duration.ofSeconds(30);

    private final String name;
    private final EndpointDirectory directory;
    private final WebhookOptions options;
    private final Told told;
    private final Executor executor;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final StoreLease lease;
    private final BooleanSupplier queuedHere;
    private final BooleanSupplier lookedAfter;
    private final DeliveryTally tally = new DeliveryTally();
    private final Backlog backlog;
    private final EndpointHealth health;
    private final DeadMessages dead;
    private final AtomicBoolean nudged = new AtomicBoolean();
    private volatile boolean closing;
    private boolean active;
    private long deadCount;
    private long tries;
    private int storeFailures;
    private Instant nextLook = Instant.EPOCH;
    private Instant nextDiscovery = Instant.EPOCH;
    private Instant nextExpiry = Instant.EPOCH;
    private Instant nextDeepExpiry = Instant.EPOCH;
    private @Nullable Instant idleSince;

    /**
     * Creates it.
     *
     * @param queuedHere whether this node puts entries of the log into queues, and so nudges
     * @param lookedAfter whether the node that does so will also deliver to this endpoint
     */
    EndpointDelivery(
            String name,
            ObjectStore store,
            EndpointDirectory directory,
            WebhookOptions options,
            String node,
            Told told,
            Executor executor,
            BooleanSupplier queuedHere,
            BooleanSupplier lookedAfter) {
        this.name = name;
        this.directory = directory;
        this.options = options;
        this.told = told;
        this.executor = executor;
        this.clock = options.clock();
        this.nanoTime = options.nanoTime();
        this.queuedHere = queuedHere;
        this.lookedAfter = lookedAfter;
        this.lease = new StoreLease(
                store, ReceiverKeys.lease(name), node, options.lease(), options.clock(), options.nanoTime());
        this.backlog = new Backlog(store, name, lease, told, tally, options);
        this.health = new EndpointHealth(options.probes());
        this.dead = new DeadMessages(store, name, clock);
    }

    /** Says that something was put into the queue. */
    void nudge() {
        nudged.set(true);
    }

    /** Keeps the lease, if this node has it. */
    void renew() throws IOException {
        // If it is lost, the next step notices.
        boolean unused = lease.renew(tally.toText());
    }

    /** Ends what is in progress after the message that is being sent. */
    void stop() {
        closing = true;
    }

    /** Writes how far it is, and gives the lease back. After the last step. */
    void close() throws IOException {
        if (active && lease.held()) {
            backlog.saveProgress();
        }
        lease.release(tally.toText());
    }

    WebhookStatus status(DirectoryEntry entry) throws IOException {
        if (!lease.held()) {
            boolean unused = lease.look();
            tally.read(lease.text());
        }
        return tally.status(entry);
    }

    /** Does what is to be done now, and returns when there may be more. */
    Instant step() {
        Instant now = clock.instant();
        try {
            Instant next = step(now);
            storeFailures = 0;
            return next;
        } catch (IOException e) {
            told.storeFailed("read or change what waits for the webhook " + name, e);
            nudged.set(true);
            storeFailures = Math.min(storeFailures + 1, 5);
            Duration wait = Duration.ofSeconds(1L << storeFailures);
            return now.plus(wait.compareTo(LONGEST_STORE_WAIT) < 0 ? wait : LONGEST_STORE_WAIT);
        }
    }

    private Instant step(Instant now) throws IOException {
        Optional<DirectoryEntry> entry = directory.known().find(name);
        Optional<WebhookEndpoint> endpoint = directory.endpoint(name);
        if (entry.isEmpty() || endpoint.isEmpty() || closing) {
            leave();
            return now.plus(options.endpointAge());
        }
        if (!lease.held() && !take(now)) {
            return nextLook;
        }
        if (!active) {
            begin(now);
        }
        discover(now);
        backlog.load(health.down() ? 1 : WINDOW, now);
        overBound(now);
        expire(now);
        Instant next = entry.get().takes() ? send(endpoint.get(), now) : now.plus(EXPIRY);
        if (!health.down()) {
            park();
        }
        if ((backlog.finished() >= SWEEP || next.isAfter(now)) && !backlog.sweep()) {
            return now;
        }
        tally.setPending(backlog.pending(), backlog.oldest(), health.down());
        if (backlog.isEmpty()) {
            return idle(now);
        }
        idleSince = null;
        return nudged.get() ? now : earlier(next, earlier(nextDiscovery, nextExpiry));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private void leave() throws IOException {
        if (active || lease.held()) {
            if (active && lease.held()) {
                backlog.saveProgress();
            }
            active = false;
            backlog.clear();
            lease.release(tally.toText());
        }
    }

    /** Takes the lease if there is something to deliver. */
    private boolean take(Instant now) throws IOException {
        if (active) {
            if (lease.renew(tally.toText())) {
                // It was over, and nobody has taken it: all is as this node knows it.
                return true;
            }
            active = false;
            backlog.clear();
        }
        if (!nudged.get() && now.isBefore(nextLook)) {
            return false;
        }
        nextLook = now.plus(queuedHere.getAsBoolean() || lookedAfter.getAsBoolean() ? LOOK : options.longestPoll());
        if (!nudged.get() && !backlog.hasAnyStored()) {
            return false;
        }
        nudged.set(true);
        boolean taken = lease.look();
        if (!taken) {
            tally.read(lease.text());
        }
        if (taken || !lease.acquire(tally.toText())) {
            // Whoever has it will see what is there.
            nextLook = now.plus(options.lease().dividedBy(3));
            nudged.set(false);
            return false;
        }
        return true;
    }

    private void begin(Instant now) throws IOException {
        backlog.begin();
        health.reset();
        deadCount = dead.names().size();
        tally.setDead(deadCount);
        nudged.set(false);
        nextDiscovery = now;
        nextExpiry = now;
        nextDeepExpiry = now;
        idleSince = null;
        active = true;
    }

    private void discover(Instant now) throws IOException {
        boolean news = nudged.getAndSet(false);
        if (health.down() ? now.isBefore(nextDiscovery) : !news && now.isBefore(nextDiscovery)) {
            return;
        }
        boolean more = backlog.discover();
        if (more) {
            more = backlog.discover();
        }
        nudged.compareAndSet(false, more);
        nextDiscovery = now.plus(queuedHere.getAsBoolean() || health.down() ? LOOK : options.longestPoll());
    }

    /** Looks at everything once more before the lease is given back. */
    private Instant idle(Instant now) throws IOException {
        Instant since = idleSince;
        if (nudged.get()) {
            return now;
        }
        if (since == null) {
            idleSince = now;
            return now.plus(LINGER);
        }
        if (now.isBefore(since.plus(LINGER))) {
            return earlier(nextDiscovery, since.plus(LINGER));
        }
        backlog.begin();
        if (!backlog.isEmpty()) {
            return now;
        }
        active = false;
        lease.release(tally.toText());
        nextLook = now.plus(queuedHere.getAsBoolean() || lookedAfter.getAsBoolean() ? LOOK : options.longestPoll());
        return nudged.get() ? now : nextLook;
    }

    /** Sends some messages, and returns when there may be others to send. */
    private Instant send(WebhookEndpoint endpoint, Instant now) throws IOException {
        if (now.isBefore(health.nextSend())) {
            return health.nextSend();
        }
        List<Lane> ready = new ArrayList<>(backlog.lanes());
        if (!health.down()) {
            ready.removeIf(lane -> lane.next.isAfter(now));
        }
        ready.sort(Comparator.comparingLong(lane -> lane.tried));
        List<LaneRun> runs = new ArrayList<>();
        for (Lane lane : ready) {
            List<QueuedMessage> messages = backlog.first(lane, health.down() ? 1 : RUN_MESSAGES, now);
            if (!messages.isEmpty()) {
                runs.add(new LaneRun(options.sender(), endpoint, lane, messages));
            }
            if (runs.size() == (health.down() ? 1 : options.parallel())) {
                break;
            }
        }
        apply(endpoint, runs, run(runs), now);
        return nextSend(now);
    }

    private Instant nextSend(Instant now) {
        if (backlog.lanes().isEmpty()) {
            return backlog.hasMore() ? now : now.plus(EXPIRY);
        }
        if (health.down()) {
            return health.nextSend();
        }
        Instant next = now.plus(EXPIRY);
        for (Lane lane : backlog.lanes()) {
            next = earlier(next, lane.next);
        }
        return later(next, health.nextSend());
    }

    private List<List<LaneRun.Outcome>> run(List<LaneRun> runs) {
        long until = nanoTime.getAsLong() + RUN_NANOS;
        BooleanSupplier mayGoOn = () -> !closing && lease.held() && nanoTime.getAsLong() - until < 0;
        if (runs.size() == 1) {
            return List.of(runs.get(0).run(mayGoOn));
        }
        List<CompletableFuture<List<LaneRun.Outcome>>> results = new ArrayList<>();
        for (LaneRun run : runs) {
            results.add(CompletableFuture.supplyAsync(() -> run.run(mayGoOn), executor));
        }
        List<List<LaneRun.Outcome>> outcomes = new ArrayList<>();
        for (CompletableFuture<List<LaneRun.Outcome>> result : results) {
            try {
                outcomes.add(result.join());
            } catch (CompletionException e) {
                // An error of the JVM; the messages stay.
                told.storeFailed("send to the webhook " + name, e);
                outcomes.add(List.of());
            }
        }
        return outcomes;
    }

    private void apply(
            WebhookEndpoint endpoint, List<LaneRun> runs, List<List<LaneRun.Outcome>> outcomes, Instant started)
            throws IOException {
        Instant now = clock.instant().isBefore(started) ? started : clock.instant();
        health.beginRound();
        boolean gone = false;
        for (int i = 0; i < runs.size(); i++) {
            Lane lane = runs.get(i).lane();
            lane.tried = ++tries;
            for (LaneRun.Outcome outcome : outcomes.get(i)) {
                gone |= outcome.result() instanceof SendResult.Gone;
                apply(endpoint, lane, outcome, now);
            }
        }
        if (health.endRound(now)) {
            backlog.lanes().forEach(lane -> {
                lane.attempts = 0;
                lane.next = now;
            });
        }
        if (health.failedForLong()) {
            nextExpiry = now;
        }
        if (gone) {
            disable(endpoint);
        }
    }

    private void apply(WebhookEndpoint endpoint, Lane lane, LaneRun.Outcome outcome, Instant now) throws IOException {
        if (outcome.message().isEmpty()) {
            giveUp(lane, "the message is damaged, or of a later version", now);
            return;
        }
        WebhookMessage message = outcome.message().get();
        if (outcome.result().isDone()) {
            backlog.finishFirst(lane);
            lane.attempts = 0;
            lane.next = now;
            health.delivered();
            tally.addDelivered();
            told.delivered(endpoint, message, outcome.result());
        } else if (outcome.result() instanceof SendResult.Failed failed) {
            lane.attempts++;
            lane.next = now.plus(options.retries().after(lane.attempts));
            health.failed(lane.key, failed.retryAfter().map(now::plus));
            tally.addFailed(failed.reason(), now);
            told.failed(endpoint, message, failed, lane.attempts, later(lane.next, health.nextSend()));
            if (lane.attempts >= EndpointHealth.SEVERAL
                    && !now.isBefore(outcome.queued().since().plus(options.retryFor()))) {
                giveUp(lane, "it was sent for " + options.retryFor() + " without success", now);
                lane.attempts = 0;
                lane.next = now;
            }
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private void disable(WebhookEndpoint endpoint) throws IOException {
        String reason = "the receiver answered 410 (Gone)";
        directory.change(known -> known.find(name)
                .map(entry -> known.with(entry.withDisabled(Optional.of(reason))))
                .orElse(known));
        told.disabled(endpoint, reason);
    }

    /** Lanes that fail again and again are not to keep segments from being finished. */
    private void park() throws IOException {
        for (Lane lane : List.copyOf(backlog.lanes())) {
            if (lane.attempts >= EndpointHealth.SEVERAL && !lane.items.isEmpty()) {
                backlog.park(lane);
            }
        }
    }

    private void overBound(Instant now) throws IOException {
        long messages = backlog.pending() - options.maxPending();
        long bytes = backlog.pendingBytes() - options.maxPendingBytes();
        for (int i = 0; i < GIVE_UP && (messages > 0 || bytes > 0); i++) {
            Lane lane = backlog.oldestLane(now);
            List<QueuedMessage> first = lane == null ? List.of() : backlog.first(lane, 1, now);
            if (lane == null || first.isEmpty()) {
                return;
            }
            messages--;
            bytes -= first.get(0).payload().length;
            giveUp(lane, "more messages wait than are allowed", now);
        }
        nudged.compareAndSet(false, messages > 0 || bytes > 0);
    }

    private void expire(Instant now) throws IOException {
        if (now.isBefore(nextExpiry)) {
            return;
        }
        nextExpiry = now.plus(EXPIRY);
        boolean deep = !now.isBefore(nextDeepExpiry);
        if (deep) {
            nextDeepExpiry = now.plus(DEEP_EXPIRY);
        }
        boolean failed = health.failedForLong() && options.retryFor().compareTo(options.maxAge()) < 0;
        Instant oldest = now.minus(failed ? options.retryFor() : options.maxAge());
        String reason = failed
                ? "the endpoint took nothing for " + options.retryFor()
                : "it has waited for " + options.maxAge();
        int left = GIVE_UP;
        boolean loaded = true;
        while (loaded) {
            for (Lane lane : List.copyOf(backlog.lanes())) {
                if (lane.part == null && !lane.parked.isEmpty() && !deep) {
                    continue;
                }
                List<QueuedMessage> first = backlog.first(lane, 1, now);
                while (!first.isEmpty() && !first.get(0).since().isAfter(oldest)) {
                    giveUp(lane, reason, now);
                    if (--left == 0) {
                        nextExpiry = now;
                        nextDeepExpiry = deep ? now : nextDeepExpiry;
                        nudged.set(true);
                        return;
                    }
                    first = backlog.first(lane, 1, now);
                }
            }
            loaded = backlog.lanes().isEmpty() && backlog.hasMore();
            if (loaded) {
                backlog.load(1, now);
            }
        }
    }

    private void giveUp(Lane lane, String reason, Instant now) throws IOException {
        QueuedMessage message = backlog.first(lane, 1, now).get(0);
        dead.add(message, reason, lane.attempts, now);
        backlog.finishFirst(lane);
        deadCount++;
        told.givenUp(name, 1, reason);
        if (deadCount > options.maxDeadLetters() + options.maxDeadLetters() / 20) {
            List<String> names = dead.names();
            int over = names.size() - options.maxDeadLetters();
            if (over > 0) {
                dead.delete(names.subList(0, over));
                tally.addDropped(over);
                told.dropped(name, over, "there are more dead letters than are kept");
            }
            deadCount = Math.min(names.size(), options.maxDeadLetters());
        }
        tally.setDead(deadCount);
    }
}
