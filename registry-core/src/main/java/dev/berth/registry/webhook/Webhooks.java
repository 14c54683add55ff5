package dev.berth.registry.webhook;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.event.EventCodec;
import dev.berth.registry.internal.eventlog.EndpointQueue;
import dev.berth.registry.internal.eventlog.EventLog;
import dev.berth.registry.internal.eventlog.LogEntry;
import dev.berth.registry.internal.eventlog.ReceiverKeys;
import dev.berth.registry.internal.eventlog.StoreLease;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.StorageBusyException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in a store until they were delivered to the endpoints that want them. Any number of nodes can be over one
 * store; whichever is there delivers. Thread-safe.
 *
 * <pre>{@code
 * Webhooks webhooks = Webhooks.over(store, WebhookOptions.builder(sender).endpoints(endpoint).build());
 * Registry observed = Observed.of(registry, context, webhooks);
 * webhooks.start();
 * }</pre>
 *
 * <p>What it promises:
 *
 * <ul>
 *   <li><b>At least once.</b> When {@link #publish} returns, the events are in the store, and each endpoint that wants one
 *       gets it, whatever process ends when. It may get it repeatedly, with the same id. Given up, as a dead letter, is only
 *       what the options say: after three days, or when too much waits.
 *   <li><b>In order</b> for each endpoint and repository: of two events of which the second was published after the first
 *       had been, on any nodes, the endpoint sees the first one first. This concerns the first time that it sees each.
 *       Reads, which come in batches, are in the order in which the batches were written, and stand in no order to
 *       changes.
 *   <li><b>Apart.</b> A message that an endpoint does not take holds up the later ones about its repository to this endpoint,
 *       and no others.
 *   <li><b>Bounded.</b> How much waits for an endpoint, how long, and how many dead letters there are.
 * </ul>
 *
 * <p>{@link #publish} costs one put of a small object, or nothing if nobody wants the events. Where other processes publish to
 * the store, it lists one name before. It waits neither for a receiver nor for another caller. Reads ({@code *.pulled}) are
 * collected in memory and written by a thread; a crash may lose the last of them.
 *
 * <p>While nothing happens, the node that delivers asks the store for a page of a listing each five seconds, reads a small
 * object each ten seconds, and writes one each ten seconds; every other node reads two small objects each ten seconds.
 *
 * <p>Endpoints of the configuration are in the {@link WebhookOptions}. Those of the API are in the store, with their secrets:
 * who can read {@code _berth/events/endpoints} can sign messages.
 *
 * @since 0.1
 */
public final class Webhooks implements EventSink {
    /** The type of the events that {@link #test} sends. */
    public static final EventType TEST = new EventType("webhook.test");

    private static final RepositoryName TEST_REPOSITORY = RepositoryName.parse("webhook-test");
    private static final int MOST_ENDPOINTS = 1000;
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final WebhookOptions options;
    private final EndpointDirectory directory;
    private final EventLog eventLog;
    private final ReadBuffer reads;
    private final DeliveryNode node;
    private final EventFactory testEvents;
    private @Nullable DeliveryThreads threads;
    private volatile boolean closed;

    private Webhooks(ObjectStore store, WebhookOptions options) {
        this.store = store;
        this.options = options;
        String id =
                String.format(Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong());
        Told told = new Told(options.listener(), options.clock());
        this.directory = new EndpointDirectory(store, options);
        this.eventLog =
                new EventLog(store, options.clock(), id, options.sharedStore().orElse(!store.exclusive()));
        this.reads = new ReadBuffer(eventLog, told, options);
        this.node = new DeliveryNode(store, eventLog, directory, reads, options, id, told);
        this.testEvents = EventFactory.of(options.clock());
    }

    /**
     * Returns webhooks over a store, which may be that of the registry. Does no I/O. Nothing is delivered by this node before
     * {@link #start}; some node over the store must be started.
     *
     * @param store stays open
     */
    public static Webhooks over(ObjectStore store, WebhookOptions options) {
        return new Webhooks(Objects.requireNonNull(store, "store"), Objects.requireNonNull(options, "options"));
    }

    /**
     * Begins delivering, in threads of its own. Once only.
     *
     * @throws IllegalStateException if it was started or closed
     */
    public synchronized void start() {
        if (threads != null || closed) {
            throw new IllegalStateException("Webhooks can be started once");
        }
        threads = new DeliveryThreads();
        node.start(threads);
    }

    /**
     * {@inheritDoc}
     *
     * <p>If this fails, the events may be delivered all the same: the store may have them.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if the store fails
     */
    @Override
    public void publish(List<RegistryEvent> events) {
        if (closed) {
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "The webhooks of the registry are closed");
        }
        try {
            Directory endpoints = directory.current();
            List<RegistryEvent> changes = new ArrayList<>();
            List<RegistryEvent> wantedReads = new ArrayList<>();
            for (RegistryEvent event : events) {
                if (endpoints.wants(event)) {
                    (EventActions.isRead(event.type()) ? wantedReads : changes).add(event);
                }
            }
            if (!changes.isEmpty()) {
                eventLog.append(new LogEntry(false, Optional.empty(), EventCodec.encode(changes)));
                node.appended();
            }
            if (!wantedReads.isEmpty() && reads.add(wantedReads)) {
                node.readsWait();
            }
        } catch (IOException e) {
            throw unavailable("The event of the change cannot be stored; the change was made, repeat it", e);
        }
    }

    /**
     * Ends the delivery by this node, after the messages that are being sent, and gives the leases back, so that another node
     * goes on at once. Takes some seconds at most, unless the sender takes longer than it should. What is not delivered stays
     * in the store. Idempotent.
     */
    @Override
    public void close() {
        DeliveryThreads running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = threads;
        }
        node.stop();
        if (running == null || running.close(CLOSING)) {
            node.close();
        }
    }

    /** Returns the endpoints that this node can send to: those of its configuration, and those of the API. */
    public List<WebhookEndpoint> endpoints() {
        return call(() -> directory.current().entries().stream()
                .flatMap(entry -> directory.endpoint(entry.name()).stream())
                .toList());
    }

    /**
     * Adds or replaces an endpoint of the API. This node uses it from then on, others some seconds later. One that was
     * disabled is enabled by it. What waits for it stays.
     *
     * @throws RegistryException with {@link ErrorCode#DENIED} if there is one of a configuration with this name, or there are
     *     1,000 already; with {@link ErrorCode#UNAVAILABLE} if the store fails
     */
    public void put(WebhookEndpoint endpoint) {
        boolean unused = put(endpoint, entry -> true, false);
    }

    /**
     * Adds or replaces an endpoint of the API, if it still is what the caller has seen: nothing is lost of two changes at the
     * same time, and whoever may change what was seen changes nothing else. One that was disabled stays so.
     *
     * @param seen what the endpoint was; empty if there was none of this name
     * @return whether it was put; if not, {@link #endpoints} has it as it is
     * @throws RegistryException as {@link #put(WebhookEndpoint)} does
     */
    public boolean putIfUnchanged(WebhookEndpoint endpoint, Optional<WebhookEndpoint> seen) {
        return put(endpoint, entry -> entry.flatMap(DirectoryEntry::stored).equals(seen), true);
    }

    private boolean put(
            WebhookEndpoint endpoint, Predicate<Optional<DirectoryEntry>> condition, boolean staysDisabled) {
        String name = endpoint.name();
        return call(() -> {
            Directory before = directory.refresh();
            if (!before.names(name) && condition.test(Optional.empty())) {
                // An endpoint of this name may have been removed while somebody was queueing for it.
                EndpointQueue.deleteAll(store, name);
            }
            Instant now = options.clock().instant();
            boolean[] done = new boolean[1];
            Directory unused = directory.change(known -> {
                requireOfApi(known, name);
                Optional<DirectoryEntry> entry = known.find(name);
                done[0] = condition.test(entry);
                if (!done[0]) {
                    return known;
                }
                if (entry.isEmpty() && known.entries().size() >= MOST_ENDPOINTS) {
                    throw RegistryException.of(
                            ErrorCode.DENIED, "There are " + MOST_ENDPOINTS + " webhooks already; remove one first");
                }
                Optional<String> disabled = staysDisabled ? entry.flatMap(DirectoryEntry::disabled) : Optional.empty();
                return known.with(DirectoryEntry.ofApi(endpoint, now).withDisabled(disabled));
            });
            return done[0];
        });
    }

    /**
     * Removes an endpoint of the API, with what waits for it and its dead letters.
     *
     * @return whether there was one
     * @throws RegistryException with {@link ErrorCode#DENIED} if it is of a configuration; with
     *     {@link ErrorCode#UNAVAILABLE} if the store fails
     */
    public boolean remove(String name) {
        return remove(name, Optional::isPresent);
    }

    /**
     * Removes an endpoint of the API as {@link #remove} does, if it still is what the caller has seen.
     *
     * @return whether it was removed; if not, {@link #endpoints} has what there is instead, if anything
     * @throws RegistryException as {@link #remove} does
     */
    public boolean removeIfUnchanged(WebhookEndpoint seen) {
        return remove(
                seen.name(), entry -> entry.flatMap(DirectoryEntry::stored).equals(Optional.of(seen)));
    }

    private boolean remove(String name, Predicate<Optional<DirectoryEntry>> condition) {
        return call(() -> {
            boolean[] found = new boolean[1];
            Directory unused = directory.change(known -> {
                requireOfApi(known, name);
                found[0] = condition.test(known.find(name));
                return found[0] ? known.without(name) : known;
            });
            if (found[0]) {
                EndpointQueue.deleteAll(store, name);
                store.delete(ReceiverKeys.lease(name));
            }
            return found[0];
        });
    }

    private static void requireOfApi(Directory directory, String name) {
        if (directory.find(name).filter(entry -> entry.stored().isEmpty()).isPresent()) {
            throw RegistryException.of(
                    ErrorCode.DENIED,
                    "The webhook " + name + " is of the configuration: change it there, and start the node again");
        }
    }

    /**
     * Lets an endpoint get messages again that was disabled since it answered 410. What waited for it then is delivered,
     * unless it is too old.
     *
     * @return whether it was disabled
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if the store fails
     */
    public boolean enable(String name) {
        return call(() -> {
            boolean[] disabled = new boolean[1];
            Directory unused = directory.change(known -> {
                Optional<DirectoryEntry> entry =
                        known.find(name).filter(found -> found.disabled().isPresent());
                disabled[0] = entry.isPresent();
                return entry.map(found -> known.with(found.withDisabled(Optional.empty())))
                        .orElse(known);
            });
            return disabled[0];
        });
    }

    /**
     * Sends an event of the type {@link #TEST} to an endpoint at once, past its queue and its filter, whether or not it is
     * active, and returns how it went. Blocks for the timeout of the endpoint at most.
     *
     * @throws RegistryException with {@link ErrorCode#NAME_UNKNOWN} if this node knows no such endpoint; with
     *     {@link ErrorCode#UNAVAILABLE} if the store fails
     */
    public SendResult test(String name) {
        WebhookEndpoint endpoint = call(() -> {
                    Directory unused = directory.current();
                    return directory.endpoint(name);
                })
                .orElseThrow(() ->
                        RegistryException.of(ErrorCode.NAME_UNKNOWN, "There is no webhook of this name on this node"));
        RegistryEvent event = testEvents.event(TEST, TEST_REPOSITORY).build();
        return options.sender().send(endpoint, new WebhookMessage(event.id().value(), List.of(event)));
    }

    /** Returns the messages that were given up. */
    public DeadLetters deadLetters() {
        return new DeadLetters(store, options.clock(), eventLog, node::appended);
    }

    /**
     * Returns how the delivery to each endpoint goes, in the order of names. Reads a small object for each to which this node
     * does not deliver now.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if the store fails
     */
    public List<WebhookStatus> status() {
        return call(() -> {
            List<WebhookStatus> all = new ArrayList<>();
            for (DirectoryEntry entry : directory.current().entries()) {
                all.add(status(entry));
            }
            return all;
        });
    }

    /**
     * Returns how the delivery to an endpoint goes, as {@link #status()} does, or empty if there is none of this name.
     *
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if the store fails
     */
    public Optional<WebhookStatus> status(String name) {
        return call(() -> {
            Optional<DirectoryEntry> entry = directory.current().find(name);
            return entry.isPresent() ? Optional.of(status(entry.get())) : Optional.empty();
        });
    }

    private WebhookStatus status(DirectoryEntry entry) throws IOException {
        Optional<EndpointDelivery> delivery = node.delivery(entry.name());
        return delivery.isPresent() ? delivery.get().status(entry) : statusOfOthers(entry);
    }

    private WebhookStatus statusOfOthers(DirectoryEntry entry) throws IOException {
        StoreLease lease = new StoreLease(
                store, ReceiverKeys.lease(entry.name()), "", options.lease(), options.clock(), options.nanoTime());
        boolean unused = lease.look();
        DeliveryTally tally = new DeliveryTally();
        tally.read(lease.text());
        return tally.status(entry);
    }

    /** Does all that this node can do now, in this thread, and returns when there may be more; for tests. */
    Instant runOnce() {
        return node.runOnce();
    }

    /** Calls of the store, of which one may fail. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws IOException;
    }

    private static <T> T call(Call<T> call) {
        return call("The webhooks cannot be read or changed", call);
    }

    /**
     * Makes calls of the store.
     *
     * @param otherwise what is not possible if one fails
     */
    static <T> T call(String otherwise, Call<T> call) {
        try {
            return call.make();
        } catch (IOException e) {
            throw unavailable(otherwise, e);
        }
    }

    private static RegistryException unavailable(String what, IOException e) {
        RegistryException.Builder failure = RegistryException.builder(
                        RegistryError.of(ErrorCode.UNAVAILABLE, what + ": the store fails"))
                .cause(e);
        if (e instanceof StorageBusyException busy) {
            failure.retryAfter(busy.retryAfter());
        }
        return failure.build();
    }
}
