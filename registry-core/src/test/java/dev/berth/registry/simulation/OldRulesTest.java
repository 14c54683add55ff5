package dev.berth.registry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The simulation finds what rules of collection lose that once were thought to be good, each of them within a few runs. */
class OldRulesTest {
    private static final int SEEDS = 4_000;

    @Test
    void aRescueThatIsNotConditionalLosesImages() {
        assertThat(found(OldRules.rescueUnconditionally(), "is missing")).isPresent();
    }

    @Test
    void aPushThatDoesNotLookAtMarksLosesImages() {
        assertThat(found(OldRules.ignoreMarks(), "is missing")).isPresent();
    }

    @Test
    void aPushThatRefusesWhatIsCondemnedBreaksWhatWasConfirmed() {
        assertThat(found(OldRules.refuseWhatIsCondemned(), "is refused")).isPresent();
    }

    @Test
    void aDeletionAfterTheEndOfItsMarkLosesImages() {
        assertThat(found(OldRules.deleteAfterTheMark(), "is missing")).isPresent();
    }

    /** Returns the first run that fails in this way: others fail in others, or only leave something. */
    private static OptionalLong found(Run.Rules rules, String failure) {
        CollectionSimulation simulation = CollectionSimulation.inMemory().under(rules);
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                simulation.run(seed, new Trace(false));
            } catch (AssertionError e) {
                if (String.valueOf(e.getMessage()).contains(failure)) {
                    return OptionalLong.of(seed);
                }
            }
        }
        return OptionalLong.empty();
    }
}
