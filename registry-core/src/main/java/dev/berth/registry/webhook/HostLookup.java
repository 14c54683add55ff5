package dev.berth.registry.webhook;

import dev.berth.registry.internal.transport.AddressGuard;
import dev.berth.registry.internal.transport.Origin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Resolves names in threads of its own, so that a slow name server delays nobody for longer than a timeout. Nothing ends
 * the lookup of the system itself: its thread is left alone until it comes back, and there are only so many. Thread-safe.
 */
final class HostLookup implements AutoCloseable {
    private static final int MAX_THREADS = 32;
    private static final long IDLE_SECONDS = 10;

    private final AddressGuard guard;
    private final ExecutorService threads;

    HostLookup(AddressGuard guard) {
        this.guard = guard;
        this.threads = new ThreadPoolExecutor(
                0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "berth-webhook-names");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Returns the addresses that may be connected to.
     *
     * @throws UnknownHostException as {@link AddressGuard#resolve} does
     * @throws TimeoutException if it takes longer than this
     * @throws InterruptedException if the thread is interrupted
     */
    List<InetAddress> find(Origin origin, Duration timeout)
            throws UnknownHostException, TimeoutException, InterruptedException {
        Future<List<InetAddress>> lookup;
        try {
            lookup = threads.submit(() -> guard.resolve(origin));
        } catch (RejectedExecutionException e) {
            TimeoutException busy = new TimeoutException("All threads wait for a name server");
            busy.initCause(e);
            throw busy;
        }
        try {
            return lookup.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException("The resolver of names failed", e);
        } finally {
            lookup.cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
