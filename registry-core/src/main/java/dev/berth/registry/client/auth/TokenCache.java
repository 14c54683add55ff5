package dev.berth.registry.client.auth;

import dev.berth.registry.RegistryException;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.wire.ScopeSet;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Caches one token for each set of scopes, until it expires or is refused. If several threads need the same token, one of
 * them fetches it and the others wait. Thread-safe.
 */
final class TokenCache {
    /** How many sets of scopes have tokens. */
    private static final int CAPACITY = 1000;

    /** How many scopes a registry may add to those of a request. */
    private static final int MOST_SCOPES = 16;

    /** Fetches a token from a token service. */
    @FunctionalInterface
    interface Fetcher {
        Token fetch(ScopeSet scopes) throws AttemptFailedException;
    }

    private static final class Slot {
        /** Scopes that the registry demands beyond those of the request. */
        private ScopeSet more = ScopeSet.none();

        private @Nullable Token token;
        private @Nullable CompletableFuture<Token> underWay;

        private void wants(ScopeSet asked) {
            ScopeSet all = more.and(asked);
            if (all.scopes().size() <= MOST_SCOPES) {
                more = all;
            }
        }
    }

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    /** A slot whose token is being fetched stays: others wait for it. */
    private final RecentlyUsed<ScopeSet, Slot> slots = new RecentlyUsed<>(CAPACITY, slot -> slot.underWay == null);

    TokenCache(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns a token for these scopes. */
    Token get(ScopeSet scopes, Fetcher fetcher) throws AttemptFailedException, InterruptedException {
        while (true) {
            CompletableFuture<Token> mine = new CompletableFuture<>();
            CompletableFuture<Token> theirs;
            ScopeSet wanted;
            lock.lock();
            try {
                Slot slot = slot(scopes);
                if (slot.token != null && slot.token.isValid(clock.instant())) {
                    return slot.token;
                }
                theirs = slot.underWay;
                wanted = scopes.and(slot.more);
                if (theirs == null) {
                    slot.underWay = mine;
                }
            } finally {
                lock.unlock();
            }
            if (theirs == null) {
                return fetch(scopes, wanted, mine, fetcher);
            }
            @Nullable Token shared = await(theirs);
            if (shared != null) {
                return shared;
            }
        }
    }

    private Token fetch(ScopeSet scopes, ScopeSet wanted, CompletableFuture<Token> mine, Fetcher fetcher)
            throws AttemptFailedException {
        @Nullable Token fetched = null;
        try {
            fetched = fetcher.fetch(wanted);
            return fetched;
        } catch (AttemptFailedException | RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            lock.lock();
            try {
                Slot slot = slot(scopes);
                slot.token = fetched;
                if (fetched == null) {
                    // What the registry has demanded may be why. It demands it again if it is needed.
                    slot.more = ScopeSet.none();
                }
                slot.underWay = null;
            } finally {
                lock.unlock();
            }
            if (fetched != null) {
                mine.complete(fetched);
            }
        }
    }

    /** Returns the token that another thread fetches, or null if it was interrupted: then another thread fetches. */
    private static @Nullable Token await(CompletableFuture<Token> theirs)
            throws AttemptFailedException, InterruptedException {
        try {
            return theirs.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AttemptFailedException failure && !failure.isGivenUp()) {
                throw failure;
            }
            if (e.getCause() instanceof RegistryException failure
                    && !Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            return null;
        }
    }

    /**
     * Drops a token that the registry has refused, unless another thread has replaced it already.
     *
     * @param more scopes that the registry demands
     */
    void refused(ScopeSet scopes, Token token, ScopeSet more) {
        lock.lock();
        try {
            Slot slot = slot(scopes);
            slot.wants(more);
            if (slot.token == token) {
                slot.token = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes scopes that the registry demands, before a token is fetched. */
    void wants(ScopeSet scopes, ScopeSet more) {
        lock.lock();
        try {
            slot(scopes).wants(more);
        } finally {
            lock.unlock();
        }
    }

    private Slot slot(ScopeSet scopes) {
        return slots.getOrCreate(scopes, key -> new Slot());
    }
}
