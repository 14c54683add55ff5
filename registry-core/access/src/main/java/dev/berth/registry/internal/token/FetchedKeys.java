package dev.berth.registry.internal.token;

import com.nimbusds.jose.JWSHeader;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that another server has. They are fetched when they are first needed, again after five minutes, and at once for a key
 * that is not known. A fetch that did not bring the key, or failed, is not repeated for half a minute: no flood of bad
 * tokens becomes one of fetches. While keys cannot be fetched, the older ones stay. Thread-safe: one thread fetches, and no
 * lock is held meanwhile.
 */
public final class FetchedKeys implements KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(FetchedKeys.class);

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration PAUSE_WITHOUT_KEYS = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(8);

    private final String owner;
    private final Fetch fetch;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile State state = new State(null, Instant.MIN, Instant.MIN, "");

    /** The fetch that is under way; guarded by the lock. */
    private @Nullable CompletableFuture<Void> running;

    /** Gets the keys from where they are, within a few seconds. */
    @FunctionalInterface
    public interface Fetch {
        /**
         * Returns the keys.
         *
         * @throws IOException if that fails; the message is a sentence for the log and for clients
         */
        TrustedKeys fetch() throws IOException;
    }

    private record State(@Nullable TrustedKeys keys, Instant fetched, Instant nextFetch, String failure) {
        Set<TrustedKey> find(JWSHeader header) {
            return keys == null ? Set.of() : keys.find(header);
        }
    }

    /** @param owner whose keys they are, for messages */
    public FetchedKeys(String owner, Fetch fetch, InstantSource clock) {
        this.owner = owner;
        this.fetch = fetch;
        this.clock = clock;
    }

    /** Begins to fetch the keys, so that the log tells early if that fails. */
    public void prepare() {
        begin();
    }

    @Override
    public Set<TrustedKey> find(JWSHeader header) {
        State now = state;
        Set<TrustedKey> found = now.find(header);
        // A clock that was set back makes nothing younger.
        if (!found.isEmpty()
                && Duration.between(now.fetched, clock.instant()).abs().compareTo(FRESH) < 0) {
            return found;
        }
        Begun begun = begin();
        // Whoever has a key that was good a moment ago does not wait for others.
        if (begun.fetch().isPresent() && (found.isEmpty() || begun.byThis())) {
            await(begun.fetch().get());
        }
        State then = state;
        Set<TrustedKey> newer = then.find(header);
        if (newer.isEmpty()) {
            missing(then, begun.fetch().isPresent());
        }
        return newer;
    }

    /** Refuses, if the key may be one that could not be fetched; and lets the next fetch wait. */
    private void missing(State then, boolean fetched) {
        if (then.keys == null || !then.failure.isEmpty()) {
            throw RegistryException.builder(RegistryError.of(
                            ErrorCode.UNAVAILABLE,
                            "The keys of " + owner + " cannot be fetched, so its tokens cannot be verified now"
                                    + (then.failure.isEmpty() ? "" : ": " + then.failure)))
                    .retryAfter(PAUSE_WITHOUT_KEYS)
                    .build();
        }
        if (fetched) {
            lock.lock();
            try {
                State last = state;
                Instant pause = clock.instant().plus(PAUSE);
                state = new State(last.keys, last.fetched, pause, last.failure);
            } finally {
                lock.unlock();
            }
        }
    }

    /** A fetch that is under way, if there is one, and whether this call has begun it. */
    private record Begun(Optional<CompletableFuture<Void>> fetch, boolean byThis) {}

    private Begun begin() {
        CompletableFuture<Void> begun;
        lock.lock();
        try {
            CompletableFuture<Void> present = running;
            if (present != null) {
                return new Begun(Optional.of(present), false);
            }
            Instant now = clock.instant();
            if (now.isBefore(state.nextFetch) && now.plus(PAUSE).compareTo(state.nextFetch) >= 0) {
                return new Begun(Optional.empty(), false);
            }
            begun = new CompletableFuture<>();
            running = begun;
        } finally {
            lock.unlock();
        }
        Thread thread = new Thread(() -> run(begun), "berth-keys");
        thread.setDaemon(true);
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                end(begun, state);
            }
        }
        return new Begun(Optional.of(begun), true);
    }

    private void run(CompletableFuture<Void> begun) {
        State next = state;
        try {
            next = new State(fetch.fetch(), clock.instant(), Instant.MIN, "");
        } catch (IOException | RuntimeException e) {
            State before = state;
            if (before.failure.isEmpty()) {
                LOG.warn(
                        "The keys of {} cannot be fetched{}: {}",
                        owner,
                        before.keys == null ? "" : "; those that are known stay good",
                        e.toString());
            }
            String message = e instanceof IOException ? String.valueOf(e.getMessage()) : "an internal failure";
            Duration pause = before.keys == null ? PAUSE_WITHOUT_KEYS : PAUSE;
            next = new State(before.keys, before.fetched, clock.instant().plus(pause), message);
        } finally {
            end(begun, next);
        }
    }

    private void end(CompletableFuture<Void> begun, State next) {
        lock.lock();
        try {
            state = next;
            running = null;
        } finally {
            lock.unlock();
        }
        begun.complete(null);
    }

    private static void await(CompletableFuture<Void> fetch) {
        try {
            fetch.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The state tells what is known.
        }
    }
}
