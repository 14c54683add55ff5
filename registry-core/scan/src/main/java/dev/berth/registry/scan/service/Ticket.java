package dev.berth.registry.scan.service;

import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the queue. Tickets of a priority come in the order of their names, which is that of the times at which somebody
 * asked.
 *
 * @param priority how urgent it is
 * @param time when somebody asked
 * @param name of its object, below that of the priority
 */
record Ticket(ScanPriority priority, Instant time, String name) {
    private static final Pattern NAME = Pattern.compile("([a-z]{1,20})/([0-9]{15})-[0-9a-f]{16}");

    /** Returns one that nobody else has. */
    static Ticket at(Instant time, ScanPriority priority) {
        return parse(String.format(
                Locale.ROOT,
                "%s/%015d-%016x",
                folder(priority),
                Math.max(0, time.toEpochMilli()),
                ThreadLocalRandom.current().nextLong()));
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Ticket parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("This is no place in a queue of scans: " + name);
        }
        ScanPriority priority = ScanPriority.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
        return new Ticket(priority, Instant.ofEpochMilli(Long.parseLong(matcher.group(2))), name);
    }

    /** Returns below which segment the tickets of a priority are. */
    static String folder(ScanPriority priority) {
        return priority.name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it is as urgent as another priority, or more. */
    boolean isAtLeast(ScanPriority other) {
        return priority.compareTo(other) <= 0;
    }
}
