package dev.berth.registry.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for every exchange, in the combined log format:
 *
 * <pre>{@code 192.0.2.1 - alice [02/Jan/2026:15:04:05 +0000] "GET /v2/ HTTP/1.1" 200 2 "-" "docker/28.5.2"}</pre>
 *
 * <p>Text of the client is escaped, so that each exchange is one line. An exchange without a response has the status
 * 499. Thread-safe.
 *
 * @since 0.1
 */
public final class AccessLog implements ServerObserver {
    private static final int NO_RESPONSE = 499;

    private final Consumer<String> lines;
    private final DateTimeFormatter time;

    private AccessLog(Consumer<String> lines, ZoneId zone) {
        this.lines = lines;
        this.time = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.US)
                .withZone(Objects.requireNonNull(zone, "zone"));
    }

    /** Returns a log that writes to the logger {@code dev.berth.registry.access} at level INFO, in the system's time zone. */
    public static AccessLog toLogger() {
        Logger log = LoggerFactory.getLogger("dev.berth.registry.access");
        return new AccessLog(log::info, ZoneId.systemDefault());
    }

    /**
     * Returns a log that writes to a destination, one line at a time. The destination is neither flushed nor closed. A
     * failure to write is logged, and the line is lost.
     */
    public static AccessLog to(Appendable destination, ZoneId zone) {
        Objects.requireNonNull(destination, "destination");
        Logger log = LoggerFactory.getLogger(AccessLog.class);
        ReentrantLock lock = new ReentrantLock();
        return new AccessLog(
                line -> {
                    lock.lock();
                    try {
                        destination.append(line + "\n");
                    } catch (IOException e) {
                        log.error("A line of the access log could not be written", e);
                    } finally {
                        lock.unlock();
                    }
                },
                zone);
    }

    @Override
    public void onExchange(ServerExchange exchange) {
        StringBuilder line = new StringBuilder(200);
        line.append(exchange.remoteAddress().map(AccessLog::host).orElse("-"));
        line.append(" - ");
        appendName(line, exchange.caller().name());
        line.append(" [").append(time.format(exchange.startedAt())).append("] \"");
        appendEscaped(
                line,
                exchange.method().isEmpty()
                        ? "-"
                        : exchange.method() + " " + exchange.target() + " " + exchange.protocol());
        line.append("\" ").append(exchange.status() == 0 ? NO_RESPONSE : exchange.status());
        line.append(' ').append(exchange.bytesOut()).append(" \"");
        appendEscaped(line, exchange.referrer().orElse("-"));
        line.append("\" \"");
        appendEscaped(line, exchange.userAgent().orElse("-"));
        lines.accept(line.append('"').toString());
    }

    private static String host(InetSocketAddress address) {
        return address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
    }

    private static void appendName(StringBuilder line, String name) {
        if (name.isEmpty()) {
            line.append('-');
        } else {
            appendEscaped(line, name.replace(' ', '_'));
        }
    }

    private static void appendEscaped(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                line.append(String.format(Locale.ROOT, c > 0xff ? "\\u%04x" : "\\x%02x", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
