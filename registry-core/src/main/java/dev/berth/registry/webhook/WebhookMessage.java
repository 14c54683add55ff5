package dev.berth.registry.webhook;

import dev.berth.registry.event.RegistryEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is sent to an endpoint at once: one change, or several reads.
 *
 * @param id the same for each repetition of this message to this endpoint, and for no other: 1 to 128 letters, digits,
 *     hyphens and underscores. The receiver finds it in {@code webhook-id}
 * @param events at least one
 * @since 0.1
 */
public record WebhookMessage(String id, List<RegistryEvent> events) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    /** Checks the id and copies the events. */
    public WebhookMessage {
        Objects.requireNonNull(id, "id");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "The id of a message has 1 to 128 letters, digits, hyphens and underscores");
        }
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("A message has at least one event");
        }
    }

    /**
     * Returns the bodies of the requests by which the message is sent in a format, as text: one for most messages, and none
     * if there is nothing that the format could say of the events.
     */
    public List<String> bodies(WebhookFormat format) {
        return format.events().bodies(events).stream()
                .map(body -> new String(body.content(), StandardCharsets.UTF_8))
                .toList();
    }
}
