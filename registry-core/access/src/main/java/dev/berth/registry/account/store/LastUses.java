package dev.berth.registry.account.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.CachedObjects;
import dev.berth.registry.internal.objects.Change;
import dev.berth.registry.internal.objects.Format;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When robots and personal tokens were used. Kept in memory, and written half a minute later, off the way of requests:
 * {@value #SHARDS} objects at most for each writing, however many were used. Several processes add to the same objects, the
 * latest use counts. Thread-safe.
 */
final class LastUses {
    private static final Logger LOG = LoggerFactory.getLogger(LastUses.class);

    static final int SHARDS = 16;

    /** More than these between two writings are not noticed. */
    private static final int MOST_PENDING = 100_000;

    /** An object with more than these forgets the oldest ones. */
    private static final int MOST_IN_SHARD = 20_000;

    private static final Duration DELAY = Duration.ofSeconds(30);
    private static final Duration KEPT = Duration.ofDays(400);

    private final CachedObjects<Map<String, Instant>> cache;
    private final Map<String, Instant> pending = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Executor later;

    LastUses(ObjectStore store, AccountStoreOptions options) {
        this.cache = CachedObjects.many(store, new UsesFormat(), options.clock(), options.cacheAge());
        this.later = CompletableFuture.delayedExecutor(DELAY.toSeconds(), TimeUnit.SECONDS, LastUses::run);
    }

    private static void run(Runnable writing) {
        Thread thread = new Thread(writing, "berth-last-uses");
        thread.setDaemon(true);
        thread.start();
    }

    /** Notices a use. */
    void add(String id, Instant now) {
        if (pending.size() < MOST_PENDING || pending.containsKey(id)) {
            pending.put(id, now);
        }
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            later.execute(this::write);
        }
    }

    /** Returns the last use that is known here. */
    Optional<Instant> last(String id) {
        Optional<Instant> written = cache.get(key(id)).flatMap(uses -> Optional.ofNullable(uses.get(id)));
        Instant here = pending.get(id);
        return here == null || written.filter(here::isBefore).isPresent() ? written : Optional.of(here);
    }

    /** Writes what was noticed since the last time. What cannot be written is tried again with the next use. */
    void write() {
        scheduled.set(false);
        Map<ObjectKey, Map<String, Instant>> byKey = new HashMap<>();
        pending.forEach((id, time) ->
                byKey.computeIfAbsent(key(id), key -> new HashMap<>()).put(id, time));
        try {
            byKey.forEach(this::merge);
            failing.set(false);
        } catch (RegistryException e) {
            if (!failing.getAndSet(true)) {
                LOG.warn("The last use of robots and personal tokens cannot be stored for now: {}", e.getMessage());
            }
        }
    }

    private void merge(ObjectKey key, Map<String, Instant> uses) {
        cache.change(key, found -> Change.write(merged(found.orElse(Map.of()), uses), true));
        uses.forEach(pending::remove);
    }

    private static Map<String, Instant> merged(Map<String, Instant> before, Map<String, Instant> uses) {
        Map<String, Instant> merged = new HashMap<>(before);
        uses.forEach((id, time) -> merged.merge(id, time, (one, other) -> one.isAfter(other) ? one : other));
        Instant newest = merged.values().stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        merged.values().removeIf(time -> time.isBefore(newest.minus(KEPT)));
        merged.entrySet().stream()
                .sorted(Map.Entry.<String, Instant>comparingByValue().reversed())
                .skip(MOST_IN_SHARD)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(merged::remove);
        return merged;
    }

    private static ObjectKey key(String id) {
        return ObjectKey.of(ObjectNames.USES + Integer.toHexString(Math.floorMod(id.hashCode(), SHARDS)));
    }

    private static final class UsesFormat implements Format<Map<String, Instant>> {
        private static final String USES = "uses";

        @Override
        public Map<String, Instant> read(JsonObject json) {
            Map<String, Instant> uses = new HashMap<>();
            json.stringMap(USES).forEach((id, time) -> uses.put(id, Instant.parse(time)));
            return Map.copyOf(uses);
        }

        @Override
        public void write(Map<String, Instant> uses, ObjectNode json) {
            ObjectNode written = json.putObject(USES);
            uses.forEach((id, time) -> written.put(id, time.toString()));
        }
    }
}
