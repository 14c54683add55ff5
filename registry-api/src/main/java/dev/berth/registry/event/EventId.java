package dev.berth.registry.event;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * The id of an event: a UUID of version 7 (RFC 9562) in lower case. No other event of any process has the same id.
 *
 * <p>The order of ids, and of their text, is the order of time: to the millisecond between processes, and exact between
 * events of one {@link EventFactory}. A receiver that sees an id twice has received the same event twice.
 *
 * @param value the text, such as {@code 019b7c5a-1d88-7a35-9f0e-3b6f8d1c2a47}
 * @since 0.1
 */
public record EventId(String value) implements Comparable<EventId> {

    /** Checks the form. */
    public EventId {
        Objects.requireNonNull(value, "value");
        if (!isVersion7(value)) {
            throw new IllegalArgumentException("The id of an event is a UUID of version 7 in lower case; this one has "
                    + value.length() + " characters and is none");
        }
    }

    /**
     * Parses an id, as {@link #toString()} prints it.
     *
     * @throws IllegalArgumentException if the text is not a UUID of version 7 in lower case
     */
    public static EventId parse(String text) {
        return new EventId(text);
    }

    private static boolean isVersion7(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.version() == 7 && uuid.variant() == 2 && uuid.toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the time in the id, in whole milliseconds. */
    public Instant time() {
        return Instant.ofEpochMilli(UUID.fromString(value).getMostSignificantBits() >>> 16);
    }

    /** Compares the text, and so the time. */
    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
