package dev.berth.registry.console.content;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.cache.WeighedCache;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Reads what takes long beside the requests that want it, once for all of them, and keeps some of it. What is read for a request
 * that does not wait is there when it comes back. Thread-safe.
 */
final class Readings<K, V> {
    private final Executor executor;
    private final Duration patience;
    private final WeighedCache<K, V> kept;
    private final ToLongFunction<V> weight;
    private final Map<K, CompletableFuture<V>> running = new ConcurrentHashMap<>();

    /**
     * Makes one that has read nothing yet.
     *
     * @param executor runs the readings; refuses them if there are too many
     * @param patience how long a request waits
     * @param bytes how many bytes are kept in memory
     * @param weight how many bytes one takes
     */
    Readings(Executor executor, Duration patience, long bytes, ToLongFunction<V> weight) {
        this.executor = executor;
        this.patience = patience;
        this.kept = new WeighedCache<>(bytes);
        this.weight = weight;
    }

    /**
     * Returns what was read, or is read within the time that a request waits; empty if it is still being read.
     *
     * @throws RegistryException with {@link ErrorCode#TOOMANYREQUESTS} if too much is being read already; otherwise as the
     *     reading
     */
    Optional<V> get(K key, Supplier<V> reading) {
        V known = kept.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> others = running.putIfAbsent(key, mine);
        if (others == null) {
            start(key, reading, mine);
        }
        return await(others == null ? mine : others);
    }

    private void start(K key, Supplier<V> reading, CompletableFuture<V> result) {
        try {
            executor.execute(() -> run(key, reading, result));
        } catch (RejectedExecutionException e) {
            RegistryException busy = RegistryException.of(
                    ErrorCode.TOOMANYREQUESTS, "Too many layers are being read at this time; try again in a while", e);
            running.remove(key);
            result.completeExceptionally(busy);
        }
    }

    private void run(K key, Supplier<V> reading, CompletableFuture<V> result) {
        try {
            V value = reading.get();
            kept.put(key, value, weight.applyAsLong(value));
            result.complete(value);
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        } finally {
            running.remove(key);
        }
    }

    private Optional<V> await(CompletableFuture<V> result) {
        try {
            return Optional.of(result.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RegistryException refused) {
                throw refused;
            }
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE, "The layer could not be read; try again later", e.getCause());
        }
    }
}
