package dev.berth.registry.server.http1;

/** Creates daemon threads. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** Returns a thread that is not started yet. */
    public static Thread of(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
