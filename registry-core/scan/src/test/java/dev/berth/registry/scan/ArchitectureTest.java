package dev.berth.registry.scan;

import dev.berth.registry.fixtures.ModuleRules;
import dev.berth.registry.scan.version.VersionOrder;
import java.io.IOException;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void rulesOfEveryModuleHold() throws IOException, URISyntaxException {
        ModuleRules.of(VersionOrder.class).check();
    }
}
