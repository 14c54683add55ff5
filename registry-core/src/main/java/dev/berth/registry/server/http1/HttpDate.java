package dev.berth.registry.server.http1;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of {@code Date} (RFC 9110, section 5.6.7), formatted once a second. */
final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private record Formatted(long second, String text) {}

    private final InstantSource clock;
    private volatile Formatted last = new Formatted(Long.MIN_VALUE, "");

    HttpDate(InstantSource clock) {
        this.clock = clock;
    }

    String now() {
        Instant now = clock.instant();
        Formatted current = last;
        if (current.second != now.getEpochSecond()) {
            current = new Formatted(now.getEpochSecond(), FORMAT.format(now));
            last = current;
        }
        return current.text;
    }
}
