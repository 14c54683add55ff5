package dev.berth.registry.webhook;

import dev.berth.registry.internal.pace.Waker;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of a node: loops that end when it is closed, and those that send. Virtual ones where the JVM has them. */
final class DeliveryThreads {
    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);
    private static final long KEPT_SECONDS = 10;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final ExecutorService executor = newExecutor();
    private final List<Waker> wakers = new ArrayList<>();
    private volatile boolean closed;

    private static ExecutorService newExecutor() {
        if (Runtime.version().feature() >= 21) {
            try {
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("This JVM should have virtual threads", e);
            }
        }
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEPT_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "berth-webhooks");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    ExecutorService executor() {
        return executor;
    }

    /** Takes steps until closed, or until one returns a negative duration. Each says for how long to wait then, unless woken. */
    synchronized void loop(Waker waker, Supplier<Duration> step) {
        if (!closed) {
            wakers.add(waker);
            executor.execute(() -> {
                run(waker, step);
                forget(waker);
            });
        }
    }

    private void run(Waker waker, Supplier<Duration> step) {
        try {
            while (!closed) {
                Duration wait;
                try {
                    wait = step.get();
                } catch (RuntimeException | Error e) {
                    log.error("The delivery of webhooks failed; it goes on", e);
                    wait = AFTER_FAILURE;
                }
                if (wait.isNegative()) {
                    return;
                }
                if (!closed) {
                    waker.await(wait);
                }
            }
        } catch (InterruptedException e) {
            // Only close does that.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void forget(Waker waker) {
        wakers.remove(waker);
    }

    /** Ends the loops, and waits until they have ended, at most so long; returns whether they have. */
    boolean close(Duration most) {
        closed = true;
        synchronized (this) {
            wakers.forEach(Waker::wake);
        }
        executor.shutdown();
        try {
            if (executor.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
            executor.shutdownNow();
            return executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
