package dev.berth.registry.rules;

import dev.berth.registry.Tag;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** The newest tags of a repository, by one order. Keeps as many as it counts, whatever the number of tags. */
final class Ranking {
    private static final Comparator<Place> BY_TIME =
            Comparator.comparing(Place::setAt).thenComparing(Place::tag);

    private final RuleCondition.Newest condition;
    private final Comparator<Place> order;
    private final PriorityQueue<Place> newest;

    Ranking(RuleCondition.Newest condition) {
        this.condition = condition;
        this.order = condition.order() == TagOrder.PUSH_TIME
                ? BY_TIME
                : Comparator.comparing((Place place) -> place.version().orElseThrow())
                        .thenComparing(BY_TIME);
        this.newest = new PriorityQueue<>(order);
    }

    /** A place in the order. */
    private record Place(Optional<SemanticVersion> version, Instant setAt, Tag tag) {}

    /** Returns the place of a candidate; empty if it has none. */
    private Optional<Place> place(Candidate candidate) {
        if (candidate.tag().isEmpty()) {
            return Optional.empty();
        }
        Tag tag = candidate.tag().get();
        if (condition.order() == TagOrder.PUSH_TIME) {
            return candidate.setAt().map(time -> new Place(Optional.empty(), time, tag));
        }
        Optional<SemanticVersion> version = SemanticVersion.of(tag);
        return version.map(found -> new Place(version, candidate.setAt().orElse(Instant.MIN), tag));
    }

    void add(Candidate candidate) {
        place(candidate).ifPresent(place -> {
            newest.add(place);
            if (newest.size() > condition.count()) {
                newest.remove();
            }
        });
    }

    /**
     * Returns whether a tag is among the newest. By its place, not by its name: one that was set after the others were ranked
     * is as new as it is.
     */
    Truth has(Candidate candidate) {
        Optional<Place> place = place(candidate);
        if (place.isEmpty()) {
            return Truth.UNKNOWN;
        }
        if (newest.size() < condition.count()) {
            return Truth.YES;
        }
        Place last = newest.peek();
        return Truth.of(last != null && order.compare(place.get(), last) >= 0);
    }
}
