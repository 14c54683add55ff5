package dev.berth.registry.server.log;

import dev.berth.registry.internal.json.JsonLine;
import dev.berth.registry.server.ServerExchange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A JSON object in a line. */
final class JsonForm implements LineForm {
    private final Seconds time = new Seconds(
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.", Locale.ROOT).withZone(ZoneOffset.UTC));

    @Override
    public String line(ServerExchange exchange) {
        return new JsonLine(512)
                .text("time", time(exchange.startedAt()))
                .text("request", exchange.requestId())
                .text("caller", LoggedText.of(exchange.caller().name()))
                .text("client", LineForm.client(exchange))
                .text("method", LoggedText.of(exchange.method()))
                .text("target", LoggedText.target(exchange.target()))
                .text("route", exchange.route())
                .text("repository", LoggedText.of(exchange.repository()))
                .text("protocol", exchange.protocol())
                .number("status", exchange.status())
                .number("bytesIn", exchange.bytesIn())
                .number("bytesOut", exchange.bytesOut())
                .thousandths("durationMillis", micros(exchange.duration()))
                .flag("complete", exchange.complete())
                .text("userAgent", exchange.userAgent().map(LoggedText::of).orElse(""))
                .text("referrer", exchange.referrer().map(LoggedText::referrer).orElse(""))
                .end();
    }

    private String time(Instant at) {
        String millis = Integer.toString(1000 + Math.floorMod(at.toEpochMilli(), 1000));
        return time.text(at) + millis.substring(1) + "Z";
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
