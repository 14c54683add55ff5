package dev.berth.registry.internal.thread;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates daemon threads: the process does not wait for them when it ends. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** Returns a thread that is not started yet. */
    public static Thread of(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns a factory of threads whose names are this and a number, from 1 on. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> of(task, prefix + count.incrementAndGet());
    }
}
