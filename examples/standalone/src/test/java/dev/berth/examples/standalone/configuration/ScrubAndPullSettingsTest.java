package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When serve looks for damage, and whether it counts pulls. */
class ScrubAndPullSettingsTest {
    @TempDir
    Path directory;

    @Test
    void theyHaveDefaults() {
        Settings settings = fromEnvironment(Map.of());
        assertThat(settings.scrub()).isEqualTo(new ScrubSettings(true, Duration.ofDays(7), 20 << 20));
        assertThat(settings.pulls()).contains(Duration.ofSeconds(30));
    }

    @Test
    void theyAreRead() throws IOException {
        Settings settings = fromFile(directory, """
            maintenance:
              scrub:
                interval: 24h
                rate: 50MB
            pulls:
              interval: 10s
            """, Map.of("REGISTRY_MAINTENANCE_SCRUB_ENABLED", "false"));
        assertThat(settings.scrub()).isEqualTo(new ScrubSettings(false, Duration.ofDays(1), 50_000_000));
        assertThat(settings.pulls()).contains(Duration.ofSeconds(10));
        assertThat(settings.warnings()).isEmpty();
        assertThat(fromEnvironment(Map.of("REGISTRY_PULLS_ENABLED", "false")).pulls())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRY_MAINTENANCE_SCRUB_RATE, 1k, 64 KiB",
        "REGISTRY_MAINTENANCE_SCRUB_RATE, fast, fast",
        "REGISTRY_MAINTENANCE_SCRUB_INTERVAL, 0, interval",
        "REGISTRY_MAINTENANCE_SCRUB_SPEED, 1, speed",
        "REGISTRY_PULLS_INTERVAL, 5m, 50s",
        "REGISTRY_PULLS_COUNT, 5, count"
    })
    void whatIsWrongIsRefused(String variable, String value, String about) {
        assertThatThrownBy(() -> fromEnvironment(Map.of(variable, value)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(about);
    }
}
