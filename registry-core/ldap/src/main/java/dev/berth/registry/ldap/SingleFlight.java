package dev.berth.registry.ldap;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Finds out the same thing once for all who ask at the same time. Thread-safe. */
final class SingleFlight<K, V> {
    private final ConcurrentMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();
    private final Duration longest;

    /** @param longest how long somebody waits for another one's answer */
    SingleFlight(Duration longest) {
        this.longest = longest;
    }

    V get(K key, Supplier<V> finder) {
        CompletableFuture<V> own = new CompletableFuture<>();
        CompletableFuture<V> others = flights.putIfAbsent(key, own);
        if (others != null) {
            return await(others);
        }
        try {
            V found = finder.get();
            own.complete(found);
            return found;
        } catch (RuntimeException | Error e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            flights.remove(key, own);
        }
    }

    private V await(CompletableFuture<V> others) {
        try {
            return others.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RegistryException refusal) {
                throw refusal;
            }
            throw RegistryException.of(ErrorCode.UNAVAILABLE, "The directory of users could not be asked", e);
        } catch (TimeoutException e) {
            throw Directory.unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Directory.unavailable(e);
        }
    }
}
