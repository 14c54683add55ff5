package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Connections of the search identity that are not used now. No request changes who they belong to. Thread-safe.
 *
 * <p>One that was idle for a minute is closed instead of being used: something on the way may have forgotten it without
 * telling, which would cost a time-out.
 */
final class IdleConnections {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private record Idle(LDAPConnection connection, Deadline until) {}

    Optional<LDAPConnection> take() {
        for (Idle latest = idle.pollFirst(); latest != null; latest = idle.pollFirst()) {
            if (latest.until.left() > 0 && latest.connection.isConnected()) {
                return Optional.of(latest.connection);
            }
            latest.connection.close();
        }
        return Optional.empty();
    }

    void giveBack(LDAPConnection connection) {
        idle.addFirst(new Idle(connection, Deadline.in(LONGEST)));
        for (Idle eldest = idle.peekLast();
                eldest != null && eldest.until.left() == 0 && idle.remove(eldest);
                eldest = idle.peekLast()) {
            eldest.connection.close();
        }
        if (closed.get()) {
            clear();
        }
    }

    /** Closes all, after a server turned out not to answer. */
    void clear() {
        for (Idle any = idle.pollFirst(); any != null; any = idle.pollFirst()) {
            any.connection.close();
        }
    }

    void close() {
        closed.set(true);
        clear();
    }
}
