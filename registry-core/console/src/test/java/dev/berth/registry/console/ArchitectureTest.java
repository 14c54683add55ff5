package dev.berth.registry.console;

import dev.berth.registry.fixtures.ModuleRules;
import java.io.IOException;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void rulesOfEveryModuleHold() throws IOException, URISyntaxException {
        ModuleRules.of(Console.class).check("com.fasterxml.jackson", "org.slf4j");
    }
}
