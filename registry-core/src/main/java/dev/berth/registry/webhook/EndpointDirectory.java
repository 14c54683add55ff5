package dev.berth.registry.webhook;

import dev.berth.registry.internal.eventlog.ReceiverKeys;
import dev.berth.registry.internal.eventlog.WholeObject;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints in the store: those of the API, and that those of the configuration exist, so that a node that does not have
 * one in its own configuration keeps its events for those that have. One small object, changed by conditional puts.
 * Thread-safe.
 */
final class EndpointDirectory {
    private static final int ATTEMPTS = 50;

    /** How often a node says that it still has an endpoint in its configuration. */
    private static final Duration SEEN = Duration.ofHours(1);

    private final ObjectStore store;
    private final InstantSource clock;
    private final Duration age;
    private final Instant started;
    private final Map<String, WebhookEndpoint> configured = new TreeMap<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile @Nullable View view;

    EndpointDirectory(ObjectStore store, WebhookOptions options) {
        this.store = store;
        this.clock = options.clock();
        this.age = options.endpointAge();
        this.started = clock.instant();
        options.endpoints().forEach(endpoint -> configured.put(endpoint.name(), endpoint));
    }

    private record View(Directory directory, Instant time) {}

    /**
     * Returns what is known, which is at most as old as twice the time in the options, but while the store fails. Reads the
     * object if it is older.
     */
    Directory current() throws IOException {
        View known = view;
        if (known == null) {
            return refresh();
        }
        if (!old(known, age.multipliedBy(2)) || !refreshing.tryLock()) {
            return known.directory();
        }
        try {
            return refresh();
        } catch (IOException e) {
            // What is known is better than nothing; the next put will tell whether the store is there.
            return known.directory();
        } finally {
            refreshing.unlock();
        }
    }

    /** Returns what this node knows now, without I/O. */
    Directory known() {
        View known = view;
        return known == null ? Directory.EMPTY : known.directory();
    }

    /** Reads the object, if it was not read for some time. */
    void refreshIfOld() throws IOException {
        View known = view;
        if (known == null || old(known, age)) {
            refresh();
        }
    }

    private boolean old(View known, Duration most) {
        Duration since = Duration.between(known.time(), clock.instant());
        return since.isNegative() || since.compareTo(most) >= 0;
    }

    /** Reads the object, and enters the endpoints of the configuration that it lacks. */
    Directory refresh() throws IOException {
        return change(UnaryOperator.identity());
    }

    /** Changes the object, and returns what it is then. */
    Directory change(UnaryOperator<Directory> change) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Instant now = clock.instant();
            Optional<WholeObject> found = WholeObject.open(store, ReceiverKeys.DIRECTORY);
            Directory before = found.isPresent() ? Directory.parse(found.get().content()) : Directory.EMPTY;
            Directory after = register(change.apply(before), now);
            if (after == before
                    || store.put(
                                    ReceiverKeys.DIRECTORY,
                                    after.toBytes(),
                                    found.map(WholeObject::version)
                                            .map(PutCondition::ifUnchanged)
                                            .orElseGet(PutCondition::ifAbsent))
                            .isPresent()) {
                view = new View(after, now);
                return after;
            }
        }
        throw new IOException("Could not change the endpoints of webhooks in " + ATTEMPTS + " attempts");
    }

    private Directory register(Directory directory, Instant now) {
        Directory registered = directory;
        for (WebhookEndpoint endpoint : configured.values()) {
            Optional<DirectoryEntry> known = directory.find(endpoint.name());
            DirectoryEntry mine = DirectoryEntry.ofConfiguration(endpoint, started, now);
            if (known.isEmpty() || known.get().stored().isPresent()) {
                registered = registered.with(mine);
            } else if (differs(known.get(), mine)) {
                // Of two nodes with other configurations, that which has started last has the newer one.
                registered = registered.with(mine.withDisabled(known.get().disabled()));
            } else if (Duration.between(known.get().seen(), now).compareTo(SEEN) > 0) {
                DirectoryEntry seen = known.get();
                registered = registered.with(new DirectoryEntry(
                        seen.name(), seen.stored(), seen.filter(), seen.active(), seen.disabled(), seen.since(), now));
            }
        }
        return registered;
    }

    private boolean differs(DirectoryEntry known, DirectoryEntry mine) {
        return (!known.filter().equals(mine.filter()) || known.active() != mine.active())
                && known.since().isBefore(started);
    }

    boolean isConfigured(String name) {
        return configured.containsKey(name);
    }

    /** Returns the endpoint of a name, if this node knows enough of it to send something. */
    Optional<WebhookEndpoint> endpoint(String name) {
        WebhookEndpoint own = configured.get(name);
        return own != null ? Optional.of(own) : known().find(name).flatMap(DirectoryEntry::stored);
    }
}
