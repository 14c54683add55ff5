package dev.berth.registry.oidc;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The logins of callers of one issuer, an object for each caller, so that every server over a store knows them. What another
 * server wrote is seen within five seconds. Thread-safe; no lock is held while the store is asked.
 */
final class RememberedLogins {
    private static final String PREFIX = "_berth/access/logins/";
    private static final Duration CACHED = Duration.ofSeconds(5);
    private static final int MOST_CACHED = 10_000;
    private static final int LONGEST = 1 << 20;
    private static final int ATTEMPTS = 10;

    private final ObjectStore store;
    private final String issuer;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<String, Cached> cache = new RecentlyUsed<>(MOST_CACHED);

    private record Cached(Login login, Instant read) {
        /** A clock that was set back makes nothing younger. */
        boolean isYoung(Instant now) {
            return Duration.between(read, now).abs().compareTo(CACHED) < 0;
        }
    }

    private record Stored(Optional<Login> login, @Nullable ObjectVersion version) {}

    RememberedLogins(ObjectStore store, String issuer, InstantSource clock) {
        this.store = store;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Returns the login of a caller, if there is one that has not ended. */
    Optional<Login> find(String name) throws IOException {
        Instant now = clock.instant();
        Cached known = cached(name);
        if (known != null && known.isYoung(now) && known.login.isOpen(now)) {
            return Optional.of(known.login);
        }
        Stored stored = read(name);
        Optional<Login> open = stored.login.filter(login -> login.isOpen(now));
        if (open.isPresent()) {
            cache(name, open.get(), now);
        } else {
            forget(name);
            if (stored.version != null) {
                store.deleteIfUnchanged(key(name), stored.version);
            }
        }
        return open;
    }

    /**
     * Changes the login of a caller.
     *
     * @param change what becomes of the login that is known, which may have ended; called again if another server was faster
     */
    Login update(String name, Function<Optional<Login>, Login> change) throws IOException {
        Instant now = clock.instant();
        Cached known = cached(name);
        if (known != null && known.isYoung(now)) {
            Login same = change.apply(Optional.of(known.login));
            if (same.equals(known.login)) {
                return same;
            }
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Stored stored = read(name);
            Login changed = change.apply(stored.login);
            if (stored.login.filter(changed::equals).isPresent() || isWritten(name, changed, stored.version)) {
                cache(name, changed, now);
                return changed;
            }
        }
        throw new IOException("The login of a caller is being changed by too many others");
    }

    private boolean isWritten(String name, Login login, @Nullable ObjectVersion version) throws IOException {
        PutCondition condition = version == null ? PutCondition.ifAbsent() : PutCondition.ifUnchanged(version);
        return store.put(key(name), login.bytes(), condition).isPresent();
    }

    /** Removes the login of a caller, and returns whether there was one. */
    boolean remove(String name) throws IOException {
        boolean present =
                read(name).login.filter(login -> login.isOpen(clock.instant())).isPresent();
        store.delete(key(name));
        forget(name);
        return present;
    }

    private Stored read(String name) throws IOException {
        Optional<ObjectContent> found = store.open(key(name), 0, LONGEST);
        if (found.isEmpty()) {
            return new Stored(Optional.empty(), null);
        }
        try (ObjectContent content = found.get()) {
            return new Stored(
                    Login.parse(content.stream().readAllBytes()), content.stat().version());
        }
    }

    private ObjectKey key(String name) {
        // Names may have characters that keys may not, and several issuers may have the same names.
        byte[] both = (issuer + "\n" + name).getBytes(StandardCharsets.UTF_8);
        return ObjectKey.of(PREFIX + Digest.sha256(both).hex());
    }

    private @Nullable Cached cached(String name) {
        lock.lock();
        try {
            return cache.get(name);
        } finally {
            lock.unlock();
        }
    }

    private void cache(String name, Login login, Instant read) {
        lock.lock();
        try {
            cache.put(name, new Cached(login, read));
        } finally {
            lock.unlock();
        }
    }

    private void forget(String name) {
        lock.lock();
        try {
            cache.remove(name);
        } finally {
            lock.unlock();
        }
    }
}
