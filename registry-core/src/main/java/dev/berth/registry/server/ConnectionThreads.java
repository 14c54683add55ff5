package dev.berth.registry.server;

import dev.berth.registry.internal.thread.DaemonThreads;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The kind of thread that serves connections.
 *
 * @since 0.1
 */
public enum ConnectionThreads {
    /**
     * Platform threads: the fastest kind. Without TLS, a few threads, one for each processor, wait for the requests of all
     * connections and serve them; a request that takes long has a thread of its own until it ends. With TLS, each
     * connection occupies one thread while it is open.
     */
    PLATFORM,
    /**
     * A virtual thread for each connection while it is open, or a platform thread before Java 21: the kind for thousands
     * of requests at the same time that wait for a slow storage, or of connections with TLS.
     */
    VIRTUAL_IF_AVAILABLE;

    private static final long KEPT_SECONDS = 60;

    /** Returns an executor with threads of this kind. They do not keep a JVM alive. */
    ExecutorService newExecutor() {
        if (this == VIRTUAL_IF_AVAILABLE && Runtime.version().feature() >= 21) {
            try {
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("This JVM should have virtual threads", e);
            }
        }
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                KEPT_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                DaemonThreads.numbered("berth-connection-"));
    }
}
