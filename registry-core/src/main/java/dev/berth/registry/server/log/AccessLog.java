package dev.berth.registry.server.log;

import dev.berth.registry.server.ServerExchange;
import dev.berth.registry.server.ServerObserver;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for every exchange: as text, or as JSON after {@link #asJson()}.
 *
 * <p>Text is the combined log format, followed by the duration in seconds and the {@linkplain ServerExchange#requestId() id of
 * the request}, which the audit has as well:
 *
 * <pre>{@code 192.0.2.1 - alice [02/Jan/2026:15:04:05 +0000] "GET /v2/ HTTP/1.1" 200 2 "-" "docker/28.5.2" 0.005 7f3c…}</pre>
 *
 * <p>An exchange without a response has the status 499 there. JSON is one object, with always the same members:
 *
 * <pre>{@code
 * {"time":"2026-01-02T15:04:05.123Z","request":"7f3c…","caller":"alice","client":"192.0.2.1","method":"GET","target":"/v2/",
 *  "route":"/v2/","repository":"","protocol":"HTTP/1.1","status":200,"bytesIn":0,"bytesOut":2,"durationMillis":5.021,
 *  "complete":true,"userAgent":"docker/28.5.2","referrer":""}
 * }</pre>
 *
 * <p>What is unknown is an empty string, and the status 0. In both forms, what the client sends is escaped and cut off, with
 * {@code ...} at its end, after 1024 characters of the target and 512 of others, so that each exchange is one line. Of the
 * query, only the values of parameters that are known to hold no secret are shown; those of others are {@code ***}. The query
 * and the user information of a referrer are left out. Thread-safe.
 *
 * @since 0.1
 */
public final class AccessLog implements ServerObserver {
    private final Consumer<String> lines;
    private final BooleanSupplier wanted;
    private final LineForm form;

    private AccessLog(Consumer<String> lines, BooleanSupplier wanted, LineForm form) {
        this.lines = lines;
        this.wanted = wanted;
        this.form = form;
    }

    /** Returns a log that writes to the logger {@code dev.berth.registry.access} at level INFO, in the system's time zone. */
    public static AccessLog toLogger() {
        Logger log = LoggerFactory.getLogger("dev.berth.registry.access");
        return new AccessLog(log::info, log::isInfoEnabled, new CombinedForm(ZoneId.systemDefault()));
    }

    /**
     * Returns a log that writes to a destination.
     *
     * @param lines takes a line at a time, without its end; called by several threads
     * @param zone the time zone of text
     */
    public static AccessLog to(Consumer<String> lines, ZoneId zone) {
        Objects.requireNonNull(lines, "lines");
        return new AccessLog(lines, () -> true, new CombinedForm(Objects.requireNonNull(zone, "zone")));
    }

    /**
     * Returns a log that writes to a destination, one line at a time. The destination is neither flushed nor closed. A
     * failure to write is logged, and the line is lost.
     *
     * @param zone the time zone of text
     */
    public static AccessLog to(Appendable destination, ZoneId zone) {
        Objects.requireNonNull(destination, "destination");
        Logger log = LoggerFactory.getLogger(AccessLog.class);
        ReentrantLock lock = new ReentrantLock();
        return to(
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

    /** Returns a log with the same destination that writes a JSON object for each exchange, with times in UTC. */
    public AccessLog asJson() {
        return new AccessLog(lines, wanted, new JsonForm());
    }

    @Override
    public void onExchange(ServerExchange exchange) {
        if (wanted.getAsBoolean()) {
            lines.accept(form.line(exchange));
        }
    }
}
