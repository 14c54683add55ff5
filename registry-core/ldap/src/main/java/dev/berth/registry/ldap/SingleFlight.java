package dev.berth.registry.ldap;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
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

    /** @param deadline how long another one's answer is waited for */
    V get(K key, Deadline deadline, Supplier<V> finder) {
        CompletableFuture<V> own = new CompletableFuture<>();
        CompletableFuture<V> others = flights.putIfAbsent(key, own);
        if (others != null) {
            return await(others, deadline);
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

    private V await(CompletableFuture<V> others, Deadline deadline) {
        try {
            return others.get(deadline.left() + 1, TimeUnit.MILLISECONDS);
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
