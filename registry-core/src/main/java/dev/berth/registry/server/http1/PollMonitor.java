package dev.berth.registry.server.http1;

import dev.berth.registry.internal.thread.DaemonThreads;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes pollers from threads whose request takes longer than a moment: one or two milliseconds if the thread waits for
 * another one, more if it may be computing or in want of a processor, which another thread would not help. Sleeps while
 * there are no requests.
 */
final class PollMonitor implements Runnable {
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);
    /** So many moments may a thread run. */
    private static final int MOST_RUNNING = 10;
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
        int[] moments = new int[seen.length];
        int quiet = 0;
        while (!stopped) {
            // Whoever begins a request later sees it.
            asleep = quiet >= MOST_QUIET;
            boolean active = look(seen, moments);
            quiet = active ? 0 : quiet + 1;
            if (asleep && !active) {
                LockSupport.park(this);
                quiet = 0;
            } else {
                LockSupport.parkNanos(this, MOMENT);
            }
        }
    }

    /** Takes pollers whose state has not changed for too long, and returns whether others have. */
    private boolean look(long[] seen, int[] moments) {
        boolean active = false;
        for (int i = 0; i < seen.length; i++) {
            Poller poller = pollers.get(i);
            long state = poller.state();
            boolean same = state == seen[i];
            moments[i] = same && state % 2 != 0 ? moments[i] + 1 : 0;
            if (moments[i] >= MOST_RUNNING || moments[i] > 0 && poller.isOwnerWaiting()) {
                poller.takeOver(state);
            }
            active |= !same || moments[i] > 0;
            seen[i] = state;
            poller.hireForOrphan();
        }
        return active;
    }
}
