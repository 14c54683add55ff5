package dev.berth.registry.webhook;

import dev.berth.registry.internal.eventlog.QueuedMessage;
import dev.berth.registry.internal.eventlog.SegmentName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The messages about one repository that wait for an endpoint, in order: first what was set apart, then what is in loaded
 * segments. Those of reads are one lane too. For one thread.
 */
final class Lane {
    final String key;

    /** What is set apart, as objects. */
    final TreeSet<SegmentName> parked = new TreeSet<>();

    /** The first of them, if it is loaded. */
    @Nullable Part part;

    final Deque<Item> items = new ArrayDeque<>();
    int attempts;
    Instant next = Instant.EPOCH;
    long tried;

    Lane(String key) {
        this.key = key;
    }

    /** The messages that are left of an object. */
    static final class Part {
        final SegmentName name;
        final Deque<QueuedMessage> messages;

        Part(SegmentName name, Deque<QueuedMessage> messages) {
            this.name = name;
            this.messages = messages;
        }
    }

    /** A message of a loaded segment. */
    record Item(QueuedMessage message, Loaded segment) {}

    /** A segment of which something is in memory. */
    static final class Loaded {
        final SegmentName name;

        /** How many of its messages are neither delivered nor set apart nor given up. */
        int remaining;

        /** Whether some were set apart. */
        boolean split;

        Loaded(SegmentName name, int remaining) {
            this.name = name;
            this.remaining = remaining;
        }
    }

    boolean isEmpty() {
        return parked.isEmpty() && items.isEmpty();
    }
}
