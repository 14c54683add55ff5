package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever happens to registries that replicate each other, they end with the same tags, or tell what differs. */
@Tag("any-jdk")
class ReplicationSimulationTest {
    private static final int SEEDS = Integer.getInteger("berth.replication.seeds", 200);
    private static final long FIRST = Long.getLong("berth.replication.first", 0L);

    @Test
    void registriesEndWithTheSameTagsOrTellWhatDiffers() {
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            try {
                RandomWorld world = new RandomWorld(seed);
                world.run();
                world.requireSameOrReported();
                world.requireNothingLost();
                world.requireQuiet();
            } catch (RuntimeException | AssertionError e) {
                fail("Seed " + seed + " (-Dberth.replication.first=" + seed + " -Dberth.replication.seeds=1)", e);
            }
        }
    }
}
