package dev.berth.registry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * The simulation finds what rules of collection lose that once were thought to be good. Some lose an image in one run of some
 * thousands only, since not much may happen between two calls of a collection. So a search does not begin with the first run, but
 * shortly before one that is known. If a change of the engine moves it, the search takes longer, and finds the next one.
 */
class OldRulesTest {
    private static final int SEEDS = 12_000;

    @Test
    void aRescueThatIsNotConditionalLosesImages() {
        assertThat(found(OldRules.rescueUnconditionally(), "is missing", 12_100))
                .isPresent();
    }

    @Test
    void aPushThatDoesNotLookAtMarksLosesImages() {
        assertThat(found(OldRules.ignoreMarks(), "is missing", 1)).isPresent();
    }

    @Test
    void aPushThatRefusesWhatIsCondemnedBreaksWhatWasConfirmed() {
        assertThat(found(OldRules.refuseWhatIsCondemned(), "is refused", 10)).isPresent();
    }

    @Test
    void aDeletionAfterTheEndOfItsMarkLosesImages() {
        assertThat(found(OldRules.deleteAfterTheMark(), "is missing", 360)).isPresent();
    }

    /** Returns the first run that fails in this way: others fail in others, or only leave something. */
    private static OptionalLong found(Run.Rules rules, String failure, long first) {
        CollectionSimulation simulation = CollectionSimulation.inMemory().under(rules);
        return Seeds.first(
                first,
                SEEDS,
                seed -> simulation
                        .failure(seed)
                        .filter(found -> String.valueOf(found.getMessage()).contains(failure))
                        .isPresent());
    }
}
