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

/** The settings of collection. */
class CollectionSettingsTest {
    @TempDir
    private Path directory;

    @Test
    void allAreRead() throws IOException {
        Settings settings = fromFile(directory, """
            maintenance:
              collection: {enabled: false, interval: 1h, grace: 2h, fullinterval: 24h, callspersecond: 50}
            """, Map.of());
        assertThat(settings.collection())
                .isEqualTo(new CollectionSettings(
                        false, Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(24), 50));
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void byDefaultItRunsEveryTenMinutes() {
        assertThat(fromEnvironment(Map.of()).collection())
                .isEqualTo(new CollectionSettings(
                        true, Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofDays(7), 500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maintenance: {collection: {grase: 1h}}|is 'grace' meant",
                "maintenance: {colection: {grace: 1h}}|maintenance.colection",
                "maintenance: {collection: {grace: 10ms}}|maintenance.collection.grace cannot have this value",
                "maintenance: {collection: {interval: 0s}}|maintenance.collection.interval",
                "maintenance: {collection: {callspersecond: 0}}|maintenance.collection.callspersecond"
            })
    void whatCannotBeTakenEndsTheProgram(String file, String about) {
        assertThatThrownBy(() -> fromFile(directory, file + "\n", Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(about);
    }
}
