package dev.berth.registry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nothing that was acknowledged is lost and nothing is left that nobody needs, whatever is delayed, happens in another order, or
 * dies. Set {@code berth.simulation.seeds} for more runs and {@code berth.simulation.first} for the first of them.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS)
@Tag("any-jdk")
class CollectionSimulationTest {
    private static final int SEEDS = Integer.getInteger("berth.simulation.seeds", 2_000);
    private static final long FIRST = Long.getLong("berth.simulation.first", 1);

    @Test
    void nothingIsLostAndNothingIsLeft() {
        CollectionSimulation.inMemory().run(FIRST, SEEDS);
    }

    @Test
    void aSeedReproducesARun() {
        for (long seed = 1; seed <= 10; seed++) {
            Trace once = new Trace(true);
            Trace again = new Trace(true);
            CollectionSimulation.inMemory().run(seed, once);
            CollectionSimulation.inMemory().run(seed, again);
            assertThat(again.lines()).isNotEmpty().isEqualTo(once.lines());
        }
    }
}
