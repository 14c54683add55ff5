package dev.berth.registry.audit;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for every event, as text, or as JSON after {@link #asJson()}:
 *
 * <pre>{@code
 * time=2026-01-02T15:04:05Z event=ACCESS_REFUSED caller=alice client=192.0.2.1 request=7f3c… credentials=token repository=team/app target="push a blob to team/app" outcome=REFUSED reason="no right to do so"
 * {"time":"2026-01-02T15:04:05Z","event":"ACCESS_REFUSED","caller":"alice","client":"192.0.2.1","request":"7f3c…","credentials":"token","repository":"team/app","target":"push a blob to team/app","outcome":"REFUSED","reason":"no right to do so"}
 * }</pre>
 *
 * <p>The fields are always the same, in this order. What is empty is {@code -} in text, and an empty string in JSON. In text,
 * what is not made of letters, digits and a few marks stands in quotes. Whatever clients send is escaped as in JSON, to
 * printable ASCII, and cut off after {@value AuditEvent#LONGEST} characters, so that each event is one line. There are no
 * secrets in events. Thread-safe.
 *
 * @since 0.1
 */
public final class AuditLog implements AuditListener {
    private static final String NAME = "dev.berth.registry.audit";

    private final Consumer<String> lines;
    private final Function<AuditEvent, String> form;

    private AuditLog(Consumer<String> lines, Function<AuditEvent, String> form) {
        this.lines = lines;
        this.form = form;
    }

    /** Returns a log that writes to the logger {@code dev.berth.registry.audit} at level INFO. */
    public static AuditLog toLogger() {
        Logger log = LoggerFactory.getLogger(NAME);
        return new AuditLog(log::info, AuditText::of);
    }

    /**
     * Returns a log that writes to a destination.
     *
     * @param lines takes a line at a time, without its end; called by several threads
     */
    public static AuditLog to(Consumer<String> lines) {
        return new AuditLog(Objects.requireNonNull(lines, "lines"), AuditText::of);
    }

    /** Returns a log with the same destination that writes a JSON object for each event. */
    public AuditLog asJson() {
        return new AuditLog(lines, AuditText::json);
    }

    @Override
    public void on(AuditEvent event) {
        lines.accept(form.apply(event));
    }
}
