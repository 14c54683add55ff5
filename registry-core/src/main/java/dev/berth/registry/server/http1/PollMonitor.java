package dev.berth.registry.server.http1;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Takes pollers from threads whose request takes longer than a moment. Sleeps while there are no requests. */
final class PollMonitor implements Runnable {
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);
    /** Sleeps after so many moments without a request. */
    private static final int MOST_QUIET = 100;

    private final Thread thread = DaemonThreads.of(this, "berth-monitor");
    private volatile List<Poller> pollers = List.of();
    private volatile boolean asleep;
    private volatile boolean stopped;

    void start(List<Poller> all) {
        pollers = List.copyOf(all);
        thread.start();
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** Called after a request has begun. */
    void wakeup() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        long[] seen = new long[pollers.size()];
        int quiet = 0;
        while (!stopped) {
            // Whoever begins a request later sees it.
            asleep = quiet >= MOST_QUIET;
            boolean active = look(seen);
            quiet = active ? 0 : quiet + 1;
            if (asleep && !active) {
                LockSupport.park(this);
                quiet = 0;
            } else {
                LockSupport.parkNanos(this, MOMENT);
            }
        }
    }

    /** Takes pollers whose state has not changed since the last look, and returns whether others have. */
    private boolean look(long[] seen) {
        boolean active = false;
        for (int i = 0; i < seen.length; i++) {
            Poller poller = pollers.get(i);
            long state = poller.state();
            if (state != seen[i]) {
                active = true;
            } else if (state % 2 != 0) {
                poller.takeOver(state);
                active = true;
            }
            seen[i] = state;
            poller.hireForOrphan();
        }
        return active;
    }
}
