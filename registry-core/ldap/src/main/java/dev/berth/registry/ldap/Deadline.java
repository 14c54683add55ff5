package dev.berth.registry.ldap;

import java.time.Duration;

/** When waiting ends, whatever the clock says. Immutable. */
final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Returns what is left, in milliseconds; zero if it is over. */
    long left() {
        return Math.max(0, (end - System.nanoTime()) / 1_000_000);
    }

    /**
     * Returns how long to wait for something, in milliseconds and at least 1.
     *
     * @param most how long it is waited for if there is more time
     * @throws DirectoryException if the time is over
     */
    int wait(Duration most) throws DirectoryException {
        long left = left();
        if (left == 0) {
            throw DirectoryException.connection("The directory took too long", null);
        }
        return (int) Math.min(left, most.toMillis());
    }
}
