package dev.berth.registry.storage.fs;

import dev.berth.registry.simulation.CollectionSimulation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that was acknowledged is lost and nothing is left that nobody needs, over a directory whose power is cut at any moment.
 * Set {@code berth.simulation.files} for more runs and {@code berth.simulation.first} for the first of them.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS)
class FileCollectionSimulationTest {
    private static final int SEEDS = Integer.getInteger("berth.simulation.files", 20);
    private static final long FIRST = Long.getLong("berth.simulation.first", 1);

    @TempDir
    private Path temp;

    @Test
    void nothingIsLostAndNothingIsLeft() {
        CollectionSimulation.over(chance -> new PowerCutMachine(Files.createTempDirectory(temp, "run"), chance))
                .run(FIRST, SEEDS);
    }
}
