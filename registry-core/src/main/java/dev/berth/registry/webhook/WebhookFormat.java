package dev.berth.registry.webhook;

import dev.berth.registry.internal.event.EventFormat;
import dev.berth.registry.internal.event.EventFormats;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The form of the messages to an endpoint.
 *
 * @since 0.1
 */
public enum WebhookFormat {
    /**
     * The envelope of Docker's registry, {@code application/vnd.docker.distribution.events.v2+json}: receivers that were
     * made for it go on working.
     */
    DISTRIBUTION("distribution"),

    /**
     * CloudEvents 1.0 in the structured mode of JSON, {@code application/cloudevents+json}; several events are a batch,
     * {@code application/cloudevents-batch+json}.
     */
    CLOUD_EVENTS("cloudevents"),

    /**
     * What Docker Hub sends, {@code application/json}: for a manifest that is pushed with a tag, and for a tag that is set.
     * There is no message for anything else.
     */
    DOCKER_HUB("dockerhub");

    private final String word;

    WebhookFormat(String word) {
        this.word = word;
    }

    /**
     * Returns the format for a word of a configuration.
     *
     * @throws IllegalArgumentException if it is neither {@code distribution}, {@code cloudevents} nor {@code dockerhub}
     */
    public static WebhookFormat parse(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no such format of webhooks; the formats are "
                        + Arrays.stream(values()).map(WebhookFormat::word).collect(Collectors.joining(", "))));
    }

    EventFormat events() {
        return switch (this) {
            case DISTRIBUTION -> EventFormats.distribution();
            case CLOUD_EVENTS -> EventFormats.cloudEvents();
            case DOCKER_HUB -> EventFormats.dockerHub();
        };
    }

    /** Returns the word for configurations, which {@link #parse} reads. */
    public String word() {
        return word;
    }
}
