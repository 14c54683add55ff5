package dev.berth.registry.host;

import dev.berth.registry.internal.thread.DaemonThreads;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where work in the background runs: on what was given, or else each kind of work in a thread of its own, so that one that
 * takes days holds up no other. The process does not wait for these threads when it ends.
 */
final class HostThreads implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final @Nullable ScheduledExecutorService given;
    private final List<ExecutorService> own = new CopyOnWriteArrayList<>();

    HostThreads(@Nullable ScheduledExecutorService given) {
        this.given = given;
    }

    /** Returns what repeats work of a kind. */
    ScheduledExecutorService of(String kind) {
        if (given != null) {
            return given;
        }
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(daemons("berth-" + kind));
        own.add(thread);
        return thread;
    }

    /** Returns threads for parts of one run, which exist while it goes on. */
    ExecutorService workers(String kind, int count) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                count,
                count,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                daemons("berth-" + kind + "-worker"));
        workers.allowCoreThreadTimeOut(true);
        own.add(workers);
        return workers;
    }

    private static ThreadFactory daemons(String name) {
        return task -> DaemonThreads.of(task, name);
    }

    /** Ends the threads, but not what was given. */
    @Override
    public void close() {
        own.forEach(ExecutorService::shutdownNow);
    }
}
