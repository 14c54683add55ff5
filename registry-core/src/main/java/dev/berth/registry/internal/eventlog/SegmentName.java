package dev.berth.registry.internal.eventlog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a part of a queue. Those of a later term come later, and in a term they are counted. The name says how much
 * was in the part when it was written, so that a listing tells how much waits.
 *
 * @param term of the lease of the log
 * @param number ascending in the term
 * @param count how many messages were in it
 * @param bytes how many bytes these have
 */
public record SegmentName(long term, long number, int count, long bytes) implements Comparable<SegmentName> {
    private static final Pattern GRAMMAR = Pattern.compile("(\\d{15})-(\\d{10})-(\\d{1,9})-(\\d{1,12})");

    static Optional<SegmentName> parse(String text) {
        Matcher name = GRAMMAR.matcher(text);
        return name.matches()
                ? Optional.of(new SegmentName(
                        Long.parseLong(name.group(1)),
                        Long.parseLong(name.group(2)),
                        Integer.parseInt(name.group(3)),
                        Long.parseLong(name.group(4))))
                : Optional.empty();
    }

    /** As keys are listed. */
    @Override
    public int compareTo(SegmentName other) {
        return toString().compareTo(other.toString());
    }

    /** Returns the text in keys. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%015d-%010d-%d-%d", term, number, count, bytes);
    }
}
