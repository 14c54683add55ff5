package dev.berth.registry.audit.store;

import com.google.common.net.InetAddresses;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.internal.json.JsonLine;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An event with the name that it keeps, so that one that is stored twice, between a merge and the deletion of what was merged, is
 * read once.
 *
 * @param id the node, and the number that it has given the event
 */
record StoredEvent(String id, AuditEvent event) implements Comparable<StoredEvent> {
    static final Pattern ID = Pattern.compile("[0-9a-f]{12}-\\d{12}");

    Position position() {
        return new Position(event.time(), id);
    }

    /** The newest is first. */
    @Override
    public int compareTo(StoredEvent other) {
        return position().compareTo(other.position());
    }

    /** Returns the line of an object. */
    String line() {
        return new JsonLine(400)
                .text("id", id)
                .text("time", event.time().toString())
                .text("event", event.type().name())
                .text("caller", event.caller())
                .text("client", event.client().map(InetAddress::getHostAddress).orElse(""))
                .text("request", event.requestId())
                .text("credentials", event.credentials())
                .text("repository", event.repository())
                .text("target", event.target())
                .text("outcome", event.outcome().name())
                .text("reason", event.reason())
                .end();
    }

    /** Reads a line. Empty for one that is damaged, or of a version that knows more. */
    static Optional<StoredEvent> parse(String line) {
        try {
            JsonObject object = JsonObject.root(StrictJson.parse(line.getBytes(StandardCharsets.UTF_8)));
            String id = object.requireString("id");
            if (!ID.matcher(id).matches()) {
                return Optional.empty();
            }
            AuditOrigin origin = new AuditOrigin(
                    text(object, "caller"),
                    Optional.of(text(object, "client"))
                            .filter(InetAddresses::isInetAddress)
                            .map(InetAddresses::forString),
                    text(object, "request"),
                    text(object, "credentials"));
            return Optional.of(new StoredEvent(
                    id,
                    new AuditEvent(
                            Instant.parse(object.requireString("time")),
                            AuditEvent.Type.valueOf(object.requireString("event")),
                            origin,
                            text(object, "repository"),
                            text(object, "target"),
                            AuditEvent.Outcome.valueOf(object.requireString("outcome")),
                            text(object, "reason"))));
        } catch (MalformedJsonException | DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonObject object, String name) {
        return object.string(name).orElse("");
    }
}
