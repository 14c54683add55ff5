package dev.berth.registry.ldap;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers that a directory did not answer. Says in the log when that begins and ends. Thread-safe. */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final InstantSource clock;

    /** When it was tried last; null while it answers. */
    private final AtomicReference<@Nullable Instant> tried = new AtomicReference<>();

    Outage(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns whether to ask now: always while it answers, otherwise one caller every two seconds. */
    boolean mayAsk() {
        Instant last = tried.get();
        if (last == null) {
            return true;
        }
        Instant now = clock.instant();
        return Duration.between(last, now).abs().compareTo(PAUSE) >= 0 && tried.compareAndSet(last, now);
    }

    void began(String reason) {
        if (tried.getAndSet(clock.instant()) == null) {
            LOG.warn("{}; known users can go on for a while, nobody else can log in", reason);
        }
    }

    void ended() {
        if (tried.getAndSet(null) != null) {
            LOG.info("The directory answers again");
        }
    }
}
