package dev.berth.registry.audit.store;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of an event among all events, of whichever node: by the time, then by the node and its count. The order is the one
 * in which they are read, so the newest is first.
 *
 * @param time when the event was
 * @param id the node, and the number that it has given the event
 */
record Position(Instant time, String id) implements Comparable<Position> {
    private static final Pattern GRAMMAR = Pattern.compile("(\\d{1,11})\\.(\\d{9})-(" + StoredEvent.ID.pattern() + ")");

    /**
     * Reads the text of a position.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Position parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("This is no position in the audit, as a page of it names the next one");
        }
        return new Position(
                Instant.ofEpochSecond(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))),
                matcher.group(3));
    }

    @Override
    public int compareTo(Position other) {
        int byTime = other.time.compareTo(time);
        return byTime != 0 ? byTime : other.id.compareTo(id);
    }

    /** Returns the text for {@link #parse}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d.%09d-%s", time.getEpochSecond(), time.getNano(), id);
    }
}
