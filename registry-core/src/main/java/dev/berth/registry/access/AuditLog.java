package dev.berth.registry.access;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for every event of access control:
 *
 * <pre>{@code
 * time=2026-01-02T15:04:05Z event=ACCESS_REFUSED caller=alice client=192.0.2.1 credentials=- target="push a blob to team/app" reason=-
 * }</pre>
 *
 * <p>The fields are always the same, in this order; what is empty is {@code -}. Text that is not made of letters, digits
 * and a few marks stands in quotes. Whatever clients send is escaped as in JSON, to printable ASCII, and cut off after
 * {@value #LONGEST} characters, so that each event is one line. There are no secrets in events. Thread-safe.
 *
 * @since 0.1
 */
public final class AuditLog implements AccessListener {
    static final int LONGEST = 512;
    private static final String NAME = "dev.berth.registry.audit";
    private static final String MARKS = "._/+@:,*-";

    private final Consumer<String> lines;

    private AuditLog(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Returns a log that writes to the logger {@code dev.berth.registry.audit} at level INFO. */
    public static AuditLog toLogger() {
        Logger log = LoggerFactory.getLogger(NAME);
        return new AuditLog(log::info);
    }

    /**
     * Returns a log that writes to a destination.
     *
     * @param lines takes a line at a time, without its end; called by several threads
     */
    public static AuditLog to(Consumer<String> lines) {
        return new AuditLog(Objects.requireNonNull(lines, "lines"));
    }

    @Override
    public void on(AccessEvent event) {
        StringBuilder line = new StringBuilder(200);
        line.append("time=").append(event.time());
        line.append(" event=").append(event.type());
        append(line, "caller", event.caller());
        append(line, "client", event.client().map(InetAddress::getHostAddress).orElse(""));
        append(line, "credentials", event.credentials());
        append(line, "target", event.target());
        append(line, "reason", event.reason());
        lines.accept(line.toString());
    }

    private static void append(StringBuilder line, String key, String value) {
        line.append(' ').append(key).append('=');
        if (value.isEmpty()) {
            line.append('-');
            return;
        }
        boolean plain =
                value.length() <= LONGEST && !value.equals("-") && value.chars().allMatch(AuditLog::isPlain);
        if (plain) {
            line.append(value);
            return;
        }
        line.append('"');
        appendEscaped(line, value.substring(0, Math.min(value.length(), LONGEST)));
        line.append(value.length() > LONGEST ? "...\"" : "\"");
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || MARKS.indexOf(c) >= 0;
    }

    private static void appendEscaped(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
