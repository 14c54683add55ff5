package dev.berth.registry.console.view;

import dev.berth.registry.console.catalog.RepositoryCard;
import dev.berth.registry.console.catalog.Standing;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which order repositories are listed. */
public enum RepositoryOrder {
    /** By name. */
    NAME,
    /** What was pushed to last comes first. */
    PUSHED,
    /** What was pulled most comes first. */
    PULLS;

    /** Returns how it is called in addresses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the order of this name; empty if there is none. */
    public static Optional<RepositoryOrder> of(String word) {
        return Arrays.stream(values())
                .filter(order -> order.word().equals(word))
                .findFirst();
    }

    /** Returns the number by which a repository has its place, the highest first. By name there is none. */
    public long rate(RepositoryCard card, Standing standing) {
        return switch (this) {
            case NAME -> 0;
            case PUSHED -> card.lastPush().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
            case PULLS -> standing.count(card.name());
        };
    }
}
