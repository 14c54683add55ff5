package dev.berth.registry.server.http1.message;

import dev.berth.registry.internal.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The field {@code Date} (RFC 9110, section 5.6.7), formatted once a second. */
public final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    @SuppressWarnings("ArrayRecordComponent") // is never compared
    private record Formatted(long second, byte[] line) {}

    private final InstantSource clock;
    private volatile Formatted last = new Formatted(Long.MIN_VALUE, new byte[0]);

    public HttpDate(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the field as a line, with its end. Not to be changed. */
    public byte[] line() {
        Instant now = clock.instant();
        Formatted current = last;
        if (current.second != now.getEpochSecond()) {
            String line = WireHeaders.DATE + ": " + FORMAT.format(now) + "\r\n";
            current = new Formatted(now.getEpochSecond(), line.getBytes(StandardCharsets.US_ASCII));
            last = current;
        }
        return current.line;
    }
}
