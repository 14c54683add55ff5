package dev.berth.registry.internal.objects;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the store that are remembered for a few seconds after they were read. Thread-safe.
 *
 * <p>A change by this object counts here at once, one by another process when what is remembered is too old. That one of
 * many objects is absent is not remembered, so that what was just added is found. An object that was read again and has
 * not changed is not parsed again. Calls for the same object wait for each other: one of them reads.
 */
public final class CachedObjects<T> {
    private static final int STRIPES = 64;
    private static final int CAPACITY = 10_000;
    private static final int MOST_ATTEMPTS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 20;

    private final ObjectStore store;
    private final Format<T> format;
    private final InstantSource clock;
    private final Duration age;
    private final boolean absenceIsRemembered;
    private final RecentlyUsed<ObjectKey, Entry<T>> entries;
    private final ReentrantLock entriesLock = new ReentrantLock();
    private final ReentrantLock[] stripes =
            IntStream.range(0, STRIPES).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    private record Entry<T>(Found<T> found, Instant read) {}

    /** What is there: an object without content is none, but has a version. */
    private record Found<T>(Optional<T> value, Optional<ObjectVersion> version) {
        boolean is(ObjectVersion other) {
            return value.isPresent() && version.filter(other::equals).isPresent();
        }
    }

    /**
     * A value, and whether it was read just now.
     *
     * @param value empty if there is no object
     */
    public record Lookup<T>(Optional<T> value, boolean fresh) {}

    private CachedObjects(
            ObjectStore store,
            Format<T> format,
            InstantSource clock,
            Duration age,
            int capacity,
            boolean absenceIsRemembered) {
        this.store = store;
        this.format = format;
        this.clock = clock;
        this.age = age;
        this.entries = new RecentlyUsed<>(capacity);
        this.absenceIsRemembered = absenceIsRemembered;
    }

    /** Returns a cache for one object, which may be absent for long. */
    public static <T> CachedObjects<T> single(ObjectStore store, Format<T> format, InstantSource clock, Duration age) {
        return new CachedObjects<>(store, format, clock, age, 1, true);
    }

    /** Returns a cache for many objects. */
    public static <T> CachedObjects<T> many(ObjectStore store, Format<T> format, InstantSource clock, Duration age) {
        return new CachedObjects<>(store, format, clock, age, CAPACITY, false);
    }

    /** Returns an object as it was not longer ago than the age of the cache, or is. */
    public Optional<T> get(ObjectKey key) {
        return look(key).value();
    }

    /** As {@link #get}, and says whether the object was read for it. */
    public Lookup<T> look(ObjectKey key) {
        Optional<Found<T>> known = young(key);
        if (known.isPresent()) {
            return new Lookup<>(known.get().value, false);
        }
        ReentrantLock stripe = lock(key);
        try {
            // Another call may have read it while this one waited.
            return young(key)
                    .map(found -> new Lookup<>(found.value, false))
                    .orElseGet(() -> new Lookup<>(read(key).value, true));
        } finally {
            stripe.unlock();
        }
    }

    /** Returns an object as it is. */
    public Optional<T> getFresh(ObjectKey key) {
        ReentrantLock stripe = lock(key);
        try {
            return read(key).value;
        } finally {
            stripe.unlock();
        }
    }

    /**
     * Changes an object, whatever others do with it at the same time: the change is computed again for what they wrote.
     *
     * @param change computes the change; called several times, and quick
     */
    public <R> R change(ObjectKey key, Function<Optional<T>, Change<T, R>> change) {
        ReentrantLock stripe = lock(key);
        try {
            for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
                Found<T> found = read(key);
                Change<T, R> wanted = change.apply(found.value);
                if (apply(key, found, wanted)) {
                    return wanted.result();
                }
                pause(attempt);
            }
        } finally {
            stripe.unlock();
        }
        throw RegistryException.builder(RegistryError.of(
                        ErrorCode.UNAVAILABLE, "Others keep changing the same accounts; try again in a moment"))
                .retryAfter(Duration.ofSeconds(1))
                .build();
    }

    /**
     * Removes an object that nobody ever changes. Unlike a {@linkplain Change#remove change} that removes it, this leaves
     * nothing in a store that cannot delete on a condition.
     *
     * @return whether there was one
     */
    public boolean delete(ObjectKey key) {
        ReentrantLock stripe = lock(key);
        try {
            boolean present = read(key).value.isPresent();
            forget(key);
            if (present) {
                StoreCalls.act("change accounts", () -> store.delete(key));
            }
            return present;
        } finally {
            stripe.unlock();
        }
    }

    private static void pause(int attempt) {
        long most = Math.min(attempt, LONGEST_PAUSE_MILLIS);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(TimeUnit.MILLISECONDS.toNanos(most)));
    }

    private boolean apply(ObjectKey key, Found<T> found, Change<T, ?> change) {
        return switch (change.kind()) {
            case KEEP -> true;
            case WRITE -> write(key, found, change.value().orElseThrow());
            case REMOVE -> remove(key, found);
        };
    }

    private boolean write(ObjectKey key, Found<T> found, T value) {
        byte[] bytes = StoredJson.write(key, value, format);
        Instant before = clock.instant();
        // If the call fails it may have been done all the same.
        forget(key);
        Optional<ObjectVersion> version = StoreCalls.call(
                "change accounts",
                () -> store.put(
                        key, bytes, found.version.map(PutCondition::ifUnchanged).orElseGet(PutCondition::ifAbsent)));
        version.ifPresent(written -> remember(key, new Entry<>(new Found<>(Optional.of(value), version), before)));
        return version.isPresent();
    }

    private boolean remove(ObjectKey key, Found<T> found) {
        forget(key);
        return found.version.isEmpty()
                || StoreCalls.call("change accounts", () -> store.deleteIfUnchanged(key, found.version.get()));
    }

    private Found<T> read(ObjectKey key) {
        Instant before = clock.instant();
        Found<T> found = StoreCalls.call("read accounts", () -> load(key));
        if (found.value.isPresent() || absenceIsRemembered) {
            remember(key, new Entry<>(found, before));
        } else {
            forget(key);
        }
        return found;
    }

    private Found<T> load(ObjectKey key) throws IOException {
        Optional<ObjectContent> opened = store.open(key, 0, StoredJson.LARGEST);
        if (opened.isEmpty()) {
            return new Found<>(Optional.empty(), Optional.empty());
        }
        try (ObjectContent content = opened.get()) {
            ObjectVersion version = content.stat().version();
            Entry<T> known = known(key);
            if (known != null && known.found.is(version)) {
                return known.found;
            }
            byte[] bytes = content.stream().readAllBytes();
            return new Found<>(
                    bytes.length == 0 ? Optional.empty() : Optional.of(StoredJson.read(key, bytes, format)),
                    Optional.of(version));
        }
    }

    private ReentrantLock lock(ObjectKey key) {
        ReentrantLock stripe = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        stripe.lock();
        return stripe;
    }

    /** Returns what is remembered, if it is not too old. */
    private Optional<Found<T>> young(ObjectKey key) {
        Entry<T> known = known(key);
        // A clock that was set back makes nothing younger.
        return known != null
                        && Duration.between(known.read, clock.instant()).abs().compareTo(age) < 0
                ? Optional.of(known.found)
                : Optional.empty();
    }

    private @Nullable Entry<T> known(ObjectKey key) {
        entriesLock.lock();
        try {
            return entries.get(key);
        } finally {
            entriesLock.unlock();
        }
    }

    private void remember(ObjectKey key, Entry<T> entry) {
        entriesLock.lock();
        try {
            entries.put(key, entry);
        } finally {
            entriesLock.unlock();
        }
    }

    private void forget(ObjectKey key) {
        entriesLock.lock();
        try {
            entries.remove(key);
        } finally {
            entriesLock.unlock();
        }
    }
}
