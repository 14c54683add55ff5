package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.internal.store.Mark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a round is.
 *
 * @param owner who works on it
 * @param beat when that wrote the record, by its clock; the epoch once it has stopped
 * @param phase what is being checked
 * @param after the last key of that which was checked; empty at the beginning
 * @param report what was found so far
 */
record RoundRecord(Mark.Owner owner, Instant beat, Phase phase, String after, ScrubReport report) {

    /** The phases, in their order. */
    enum Phase {
        LINKS,
        DATA
    }

    static RoundRecord begin(Mark.Owner owner, Instant now) {
        return new RoundRecord(
                owner, now, Phase.LINKS, "", new ScrubReport(now, Optional.empty(), false, 0, 0, 0, 0, List.of()));
    }

    RoundRecord by(Mark.Owner newOwner, Instant now) {
        return new RoundRecord(newOwner, now, phase, after, report);
    }
}
