package dev.berth.registry.server.http1;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Aborts connections that have timed out, see {@link ConnectionTimer}. */
final class Watchdog implements Runnable {
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

    private final Connections connections;
    private final RefusedSockets refused;
    private final Http1Application application;
    private final long pause;
    private volatile boolean stopped;

    Watchdog(Connections connections, RefusedSockets refused, Http1Settings setup) {
        this.connections = connections;
        this.refused = refused;
        this.application = setup.application();
        Http1Limits limits = setup.limits();
        long shortest = Math.min(
                limits.headerTimeout().toNanos(),
                Math.min(
                        limits.idleTimeout().toNanos(),
                        limits.slowTransferGrace().toNanos()));
        this.pause = Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE / 4, shortest / 4));
    }

    @Override
    public void run() {
        while (!stopped) {
            LockSupport.parkNanos(pause);
            try {
                cutExpired();
            } catch (RuntimeException | Error e) {
                // Goes on: a connection that uses up the memory may be among those that are cut next time.
                application.failed(e);
            }
        }
    }

    private void cutExpired() {
        for (Connection connection : connections.snapshot()) {
            if (connection.timer().expired()) {
                connection.cut();
            }
        }
        refused.drainAndCloseExpired();
    }

    void stop(Thread thread) {
        stopped = true;
        LockSupport.unpark(thread);
    }
}
