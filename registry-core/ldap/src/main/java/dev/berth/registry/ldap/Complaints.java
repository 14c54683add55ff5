package dev.berth.registry.ldap;

import dev.berth.registry.internal.cache.RecentlyUsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a warning to the log, the same one at most once in ten minutes: each request may cause it. Thread-safe. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(LdapAccounts.class);
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final int CAPACITY = 200;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<String, Instant> written = new RecentlyUsed<>(CAPACITY);

    Complaints(InstantSource clock) {
        this.clock = clock;
    }

    void warn(String message, Object about) {
        if (isDue(message + about)) {
            LOG.warn(message, about);
        }
    }

    private boolean isDue(String key) {
        Instant now = clock.instant();
        lock.lock();
        try {
            Instant last = written.get(key);
            if (last != null && now.isBefore(last.plus(PAUSE))) {
                return false;
            }
            written.put(key, now);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
