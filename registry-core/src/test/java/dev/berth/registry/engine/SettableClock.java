package dev.berth.registry.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test sets. */
public final class SettableClock implements InstantSource {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private volatile Instant now = BEGIN;

    /** Moves it forwards. */
    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
