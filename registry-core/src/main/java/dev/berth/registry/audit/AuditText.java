package dev.berth.registry.audit;

import dev.berth.registry.internal.json.EscapedText;
import dev.berth.registry.internal.json.JsonLine;
import java.net.InetAddress;

/** The two forms of a line. Both have the same fields, in the same order. */
final class AuditText {
    private static final String MARKS = "._/+@:,*-";

    private AuditText() {}

    static String of(AuditEvent event) {
        StringBuilder line = new StringBuilder(256);
        line.append("time=").append(event.time());
        line.append(" event=").append(event.type());
        append(line, "caller", event.caller());
        append(line, "client", client(event));
        append(line, "request", event.requestId());
        append(line, "credentials", event.credentials());
        append(line, "repository", event.repository());
        append(line, "target", event.target());
        line.append(" outcome=").append(event.outcome());
        append(line, "reason", event.reason());
        return line.toString();
    }

    static String json(AuditEvent event) {
        return new JsonLine(320)
                .text("time", event.time().toString())
                .text("event", event.type().name())
                .text("caller", event.caller())
                .text("client", client(event))
                .text("request", event.requestId())
                .text("credentials", event.credentials())
                .text("repository", event.repository())
                .text("target", event.target())
                .text("outcome", event.outcome().name())
                .text("reason", event.reason())
                .end();
    }

    private static String client(AuditEvent event) {
        return event.client().map(InetAddress::getHostAddress).orElse("");
    }

    private static void append(StringBuilder line, String key, String value) {
        line.append(' ').append(key).append('=');
        if (value.isEmpty()) {
            line.append('-');
        } else if (isPlain(value)) {
            line.append(value);
        } else {
            line.append('"');
            EscapedText.append(line, value);
            line.append('"');
        }
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!plain && MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !value.equals("-");
    }
}
