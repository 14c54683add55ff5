package dev.berth.registry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The simulation finds what rules of collection lose that once were thought to be good, each of them within a few runs. */
class OldRulesTest {
    private static final int SEEDS = 2_000;

    @Test
    void aRescueThatIsNotConditionalLosesImages() {
        assertThat(found(OldRules.rescueUnconditionally()))
                .hasValueSatisfying(failure -> assertThat(failure).contains("is missing"));
    }

    @Test
    void aPushThatDoesNotLookAtMarksLosesImages() {
        assertThat(found(OldRules.ignoreMarks()))
                .hasValueSatisfying(failure -> assertThat(failure).contains("is missing"));
    }

    @Test
    void aPushThatRefusesWhatIsCondemnedBreaksWhatWasConfirmed() {
        assertThat(found(OldRules.refuseWhatIsCondemned()))
                .hasValueSatisfying(failure -> assertThat(failure).contains("is refused"));
    }

    @Test
    void aDeletionAfterTheEndOfItsMarkLosesImages() {
        assertThat(found(OldRules.deleteAfterTheMark()))
                .hasValueSatisfying(failure -> assertThat(failure).contains("is missing"));
    }

    /** Returns how the first run fails that loses something: some leave something first. */
    private static Optional<String> found(Run.Rules rules) {
        CollectionSimulation simulation = CollectionSimulation.inMemory().under(rules);
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                simulation.run(seed, new Trace(false));
            } catch (AssertionError e) {
                String message = String.valueOf(e.getMessage());
                if (message.contains("is missing") || message.contains("is refused")) {
                    return Optional.of("seed " + seed + ": " + message);
                }
            }
        }
        return Optional.empty();
    }
}
