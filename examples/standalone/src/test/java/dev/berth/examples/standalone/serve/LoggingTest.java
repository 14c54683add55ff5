package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.configuration.SettingsReader;
import dev.berth.registry.server.RegistryServer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LoggingTest {
    @AfterEach
    void restoreTheDefault() {
        configure("info");
    }

    private static void configure(String level) {
        Logging.configure(SettingsReader.read(
                Optional.empty(), Optional.empty(), Optional.empty(), Map.of("REGISTRY_LOG_LEVEL", level)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "debug", "info", "warn"})
    void warningsOfTheLibraryAreLogged(String level) {
        configure(level);

        assertThat(LoggerFactory.getLogger(RegistryServer.class).isWarnEnabled())
                .isTrue();
    }
}
