package dev.berth.registry.server.log;

import dev.berth.registry.internal.json.EscapedText;
import dev.berth.registry.server.ServerExchange;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The combined log format, with the duration and the id of the request after it. */
final class CombinedForm implements LineForm {
    private static final int NO_RESPONSE = 499;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final Seconds time;

    CombinedForm(ZoneId zone) {
        this.time = new Seconds(
                DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.US).withZone(zone));
    }

    @Override
    public String line(ServerExchange exchange) {
        StringBuilder line = new StringBuilder(256);
        String client = LineForm.client(exchange);
        line.append(client.isEmpty() ? "-" : client).append(" - ");
        appendName(line, LoggedText.of(exchange.caller().name()));
        line.append(" [").append(time.text(exchange.startedAt())).append("] \"");
        appendRequest(line, exchange);
        line.append("\" ").append(exchange.status() == 0 ? NO_RESPONSE : exchange.status());
        line.append(' ').append(exchange.bytesOut()).append(" \"");
        appendEscaped(line, exchange.referrer().map(LoggedText::referrer).orElse("-"));
        line.append("\" \"");
        appendEscaped(line, exchange.userAgent().map(LoggedText::of).orElse("-"));
        line.append("\" ");
        appendSeconds(line, exchange.duration().toMillis());
        return line.append(' ').append(exchange.requestId()).toString();
    }

    /** Of a request that could not be read the version of HTTP is known at most. */
    private static void appendRequest(StringBuilder line, ServerExchange exchange) {
        if (exchange.method().isEmpty()) {
            line.append('-');
        } else {
            appendEscaped(line, LoggedText.of(exchange.method()));
            line.append(' ');
            appendEscaped(line, LoggedText.target(exchange.target()));
        }
        if (!exchange.protocol().isEmpty()) {
            line.append(' ');
            appendEscaped(line, exchange.protocol());
        }
    }

    private static void appendName(StringBuilder line, String name) {
        if (name.isEmpty()) {
            line.append('-');
        } else {
            appendEscaped(line, name.replace(' ', '_'));
        }
    }

    private static void appendSeconds(StringBuilder line, long millis) {
        long rest = Math.abs(millis % 1000);
        line.append(millis / 1000).append('.');
        line.append(rest < 100 ? "0" : "").append(rest < 10 ? "0" : "").append(rest);
    }

    private static void appendEscaped(StringBuilder line, String text) {
        int plain = EscapedText.plainLength(text);
        if (plain == text.length()) {
            line.append(text);
            return;
        }
        line.append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                line.append(c);
            } else if (c > 0xff) {
                EscapedText.appendCode(line, c);
            } else {
                line.append("\\x").append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
    }
}
