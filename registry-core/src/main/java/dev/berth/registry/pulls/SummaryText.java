package dev.berth.registry.pulls;

import dev.berth.registry.Tag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The sums of a repository as lines of text: {@code s <pulls> <last>} of all, {@code d <first day> <pulls>,<pulls>,…} by day, and
 * {@code a <tag> <first day> <pulls>,…} by tag and day. They have not as many fields as the lines of {@link PullText}, whose
 * reader passes over them.
 */
final class SummaryText {
    private static final String TOTAL = "s ";
    private static final String DAYS = "d ";
    private static final String TAG = "a ";

    private Optional<Pulls> total = Optional.empty();
    private DailyPulls days = DailyPulls.none();
    private final Map<Tag, DailyPulls> tags = new HashMap<>();

    static void append(StringBuilder text, Summary summary) {
        summary.total()
                .ifPresent(pulls -> text.append(TOTAL)
                        .append(pulls.count())
                        .append(' ')
                        .append(pulls.last().toEpochMilli())
                        .append('\n'));
        if (!summary.days().counts().isEmpty()) {
            append(text.append(DAYS), summary.days());
        }
        summary.tags()
                .forEach((tag, pulls) -> append(text.append(TAG).append(tag).append(' '), pulls));
    }

    private static void append(StringBuilder text, DailyPulls pulls) {
        LocalDate first = pulls.counts().firstKey();
        LocalDate last = pulls.counts().lastKey();
        text.append(first).append(' ');
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            text.append(day.equals(first) ? "" : ",").append(pulls.on(day));
        }
        text.append('\n');
    }

    /** Reads a line; returns whether it was one of these. One that cannot be read is passed over. */
    boolean read(String line) {
        if (!line.startsWith(TOTAL) && !line.startsWith(DAYS) && !line.startsWith(TAG)) {
            return false;
        }
        List<String> fields = List.of(line.split(" ", -1));
        try {
            if (line.startsWith(TOTAL)) {
                total = Optional.of(
                        new Pulls(Long.parseLong(fields.get(1)), Instant.ofEpochMilli(Long.parseLong(fields.get(2)))));
            } else if (line.startsWith(DAYS)) {
                days = days(fields.get(1), fields.get(2));
            } else {
                tags.put(Tag.parse(fields.get(1)), days(fields.get(2), fields.get(3)));
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            return true;
        }
        return true;
    }

    private static DailyPulls days(String first, String counts) {
        LocalDate day = LocalDate.parse(first);
        TreeMap<LocalDate, Long> each = new TreeMap<>();
        for (String count : counts.split(",", Summary.MOST_DAYS + 3)) {
            each.put(day, Long.parseLong(count));
            day = day.plusDays(1);
        }
        return new DailyPulls(each);
    }

    /** Returns what was read; what is known of the manifests if there was nothing. */
    Summary summary(Map<Pulled, Pulls> pulls) {
        return total.isEmpty() ? Summary.ofManifests(pulls) : new Summary(total, days, tags);
    }
}
