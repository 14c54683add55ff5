package dev.berth.registry.server.log;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Formats times of lines. Most fall into the same second as the one before, whose text is kept. Thread-safe. */
final class Seconds {
    private final DateTimeFormatter format;
    private volatile Second last;

    private record Second(long epoch, String text) {}

    /** @param format a format that shows no fraction of a second */
    Seconds(DateTimeFormatter format) {
        this.format = format;
        this.last = second(Instant.EPOCH);
    }

    private Second second(Instant time) {
        return new Second(time.getEpochSecond(), format.format(time));
    }

    String text(Instant time) {
        Second known = last;
        if (known.epoch != time.getEpochSecond()) {
            known = second(time);
            last = known;
        }
        return known.text;
    }
}
