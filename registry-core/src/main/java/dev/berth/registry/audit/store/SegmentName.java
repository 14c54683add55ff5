package dev.berth.registry.audit.store;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an object with events of one hour. It says of which times they are and how many bytes it has, so that a reader
 * opens only what it needs. Times are counted down: what is listed first is the newest.
 *
 * @param hour the hour, since 1970
 * @param last the time of the newest event, in milliseconds
 * @param first the time of the oldest event, in milliseconds
 * @param size its bytes
 * @param id what no other object has with other events
 */
record SegmentName(long hour, long last, long first, long size, String id) {
    static final long HOUR = 3_600_000;

    private static final long LATEST = 9_999_999_999_999L;
    private static final long LATEST_HOUR = 99_999_999;
    private static final Pattern GRAMMAR =
            Pattern.compile("(\\d{8})/(\\d{13})-(\\d{13})-(\\d{1,9})-([0-9a-f]{12,16}(?:-\\d{1,12})?)");

    /** Returns a time, or the nearest one of which names can tell: a clock may be wrong by any time. */
    static Instant within(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        Instant latest = Instant.ofEpochMilli(LATEST);
        return time.isAfter(latest) ? latest : time;
    }

    static long millis(Instant time) {
        return within(time).toEpochMilli();
    }

    static long hourOf(Instant time) {
        return millis(time) / HOUR;
    }

    /** Reads a key. */
    static Optional<SegmentName> parse(String key) {
        Matcher matcher = GRAMMAR.matcher(key.substring(Keys.AUDIT.value().length()));
        return matcher.matches()
                ? Optional.of(new SegmentName(
                        LATEST_HOUR - Long.parseLong(matcher.group(1)),
                        LATEST - Long.parseLong(matcher.group(2)),
                        Long.parseLong(matcher.group(3)),
                        Long.parseLong(matcher.group(4)),
                        matcher.group(5)))
                : Optional.empty();
    }

    /** Returns the hour of a group of the listing, if it is one. */
    static Optional<Long> hourOfGroup(String group) {
        String name = group.substring(Keys.AUDIT.value().length());
        return name.matches("\\d{8}/")
                ? Optional.of(LATEST_HOUR - Long.parseLong(name.substring(0, name.length() - 1)))
                : Optional.empty();
    }

    /** Returns where the objects of an hour are. */
    static KeyPrefix prefix(long hour) {
        return KeyPrefix.of(Keys.AUDIT + String.format(Locale.ROOT, "%08d", LATEST_HOUR - hour) + "/");
    }

    ObjectKey key() {
        return prefix(hour).key(String.format(Locale.ROOT, "%013d-%013d-%d-%s", LATEST - last, first, size, id));
    }
}
