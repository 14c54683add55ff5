package dev.berth.registry.pulls;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All pulls of a repository together, those of manifests that are gone included. Immutable.
 *
 * @param total how many there were, and when the last one was
 * @param days how many by day
 * @param tags how many by tag and day, of the tags that are pulled most
 */
record Summary(Optional<Pulls> total, DailyPulls days, Map<Tag, DailyPulls> tags) {
    static final Summary NONE = new Summary(Optional.empty(), DailyPulls.none(), Map.of());

    /** How many days of a repository are kept. */
    static final int MOST_DAYS = 400;

    /** How many days of a tag are kept. */
    static final int MOST_TAG_DAYS = 90;

    private static final int MOST_PULLED = 40;

    /** How many tags are kept beside those pulled most, so that a new one has the time to become one of them. */
    private static final int OTHERS = 10;

    static final int MOST_TAGS = MOST_PULLED + OTHERS;

    Summary {
        tags = Map.copyOf(tags);
    }

    /** Returns the sum of what was counted of one repository. Each pull has a manifest, and maybe a tag. */
    static Summary of(Map<PulledOn, Pulls> counted) {
        Optional<Pulls> total = Optional.empty();
        TreeMap<LocalDate, Long> days = new TreeMap<>();
        Map<Tag, TreeMap<LocalDate, Long>> tags = new HashMap<>();
        for (Map.Entry<PulledOn, Pulls> entry : counted.entrySet()) {
            Pulls pulls = entry.getValue();
            LocalDate day = LocalDate.ofEpochDay(entry.getKey().day());
            if (entry.getKey().pulled().what() instanceof Tag tag) {
                tags.computeIfAbsent(tag, any -> new TreeMap<>()).merge(day, pulls.count(), Long::sum);
            } else {
                total = plus(total, Optional.of(pulls));
                days.merge(day, pulls.count(), Long::sum);
            }
        }
        Map<Tag, DailyPulls> byTag = new HashMap<>();
        tags.forEach((tag, counts) -> byTag.put(tag, new DailyPulls(counts)));
        return new Summary(total, new DailyPulls(days), byTag);
    }

    /** Returns what is known of a repository whose pulls were merged before sums were kept: nothing of days. */
    static Summary ofManifests(Map<Pulled, Pulls> pulls) {
        return new Summary(
                pulls.entrySet().stream()
                        .filter(entry -> entry.getKey().what() instanceof Digest)
                        .map(Map.Entry::getValue)
                        .reduce(Pulls::plus),
                DailyPulls.none(),
                Map.of());
    }

    Summary plus(Summary other) {
        Map<Tag, DailyPulls> sum = new HashMap<>(tags);
        other.tags.forEach((tag, pulls) -> sum.merge(tag, pulls, DailyPulls::plus));
        return new Summary(plus(total, other.total), days.plus(other.days), sum);
    }

    private static Optional<Pulls> plus(Optional<Pulls> one, Optional<Pulls> other) {
        return Stream.of(one, other).flatMap(Optional::stream).reduce(Pulls::plus);
    }

    /**
     * Returns what of it is kept.
     *
     * @param today what a clock far ahead has counted later is not kept by day
     * @param existing the tags that there are
     */
    Summary bounded(LocalDate today, Collection<Tag> existing) {
        LocalDate last = today.plusDays(1);
        Map<Tag, DailyPulls> recent = new HashMap<>();
        for (Tag tag : Set.copyOf(existing)) {
            DailyPulls pulls =
                    tags.getOrDefault(tag, DailyPulls.none()).between(today.minusDays(MOST_TAG_DAYS - 1L), last);
            if (!pulls.counts().isEmpty()) {
                recent.put(tag, pulls);
            }
        }
        return new Summary(total, days.between(today.minusDays(MOST_DAYS - 1L), last), most(recent));
    }

    private static Map<Tag, DailyPulls> most(Map<Tag, DailyPulls> tags) {
        if (tags.size() <= MOST_TAGS) {
            return tags;
        }
        Comparator<Map.Entry<Tag, DailyPulls>> bySum =
                Comparator.comparingLong(entry -> -entry.getValue().sum());
        Comparator<Map.Entry<Tag, DailyPulls>> byDay =
                Comparator.comparing(entry -> entry.getValue().counts().lastKey());
        List<Map.Entry<Tag, DailyPulls>> ordered =
                tags.entrySet().stream().sorted(bySum).toList();
        Map<Tag, DailyPulls> kept = new HashMap<>();
        Stream.concat(
                        ordered.stream().limit(MOST_PULLED),
                        ordered.stream()
                                .skip(MOST_PULLED)
                                .sorted(byDay.reversed().thenComparing(bySum))
                                .limit(OTHERS))
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return kept;
    }
}
