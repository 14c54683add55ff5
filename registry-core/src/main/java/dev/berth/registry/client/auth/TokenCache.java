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
 * Keeps one token for each set of scopes, until it expires or is refused. Of threads that need the same one at the same
 * time one asks for it, and the others wait for what it gets. Thread-safe.
 */
final class TokenCache {
    /** Tokens for more sets than this are forgotten, those unused for longest first. */
    private static final int CAPACITY = 1000;

    /** What a registry may want beside what we thought of. */
    private static final int MOST_SCOPES = 16;

    /** Asks a token service. */
    @FunctionalInterface
    interface Fetcher {
        Token fetch(ScopeSet scopes) throws AttemptFailedException;
    }

    private static final class Slot {
        /** Scopes that the registry wants beside those that we thought of. */
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
                slot.underWay = null;
            } finally {
                lock.unlock();
            }
            if (fetched != null) {
                mine.complete(fetched);
            }
        }
    }

    /** Returns what another thread gets, or null if it gave up for reasons of its own: then it is somebody else's turn. */
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
     * Forgets a token that the registry has refused, unless another thread has replaced it already.
     *
     * @param more scopes that the registry asked for
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

    /** Notes scopes that the registry asked for, before a token is fetched. */
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
