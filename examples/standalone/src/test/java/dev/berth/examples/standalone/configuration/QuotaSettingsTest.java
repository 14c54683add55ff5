package dev.berth.examples.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.quota.QuotaLimit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code quota} says what repositories may use. What is wrong in it ends the program. */
class QuotaSettingsTest {
    @TempDir
    Path directory;

    private List<QuotaLimit> quotas(String yaml) throws IOException {
        return SettingSources.fromFile(directory, yaml, Map.of()).quotas();
    }

    @Test
    void theWholeSectionIsRead() throws IOException {
        assertThat(quotas("""
                quota:
                  - {repositories: 'team/**', bytes: 10GiB, count: 50}
                  - {repositories: team/cache, bytes: 500m}
                  - {repositories: '**', count: 1000}
                """))
                .containsExactly(
                        new QuotaLimit(NamePattern.parse("team/**"), OptionalLong.of(10L << 30), OptionalLong.of(50)),
                        QuotaLimit.bytes(NamePattern.parse("team/cache"), 500L << 20),
                        QuotaLimit.repositories(NamePattern.all(), 1000));
        assertThat(quotas("version: 0.1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{bytes: 1GiB}; quota[0] lacks 'repositories'",
                "{repositories: 'team/**'}; limits nothing",
                "{repositories: 'te*am', bytes: 1}; no pattern",
                "{repositories: team/a, bytes: many}; is not a size",
                "{repositories: team/a, count: -1}; is not a number of repositories",
                "{repositories: team/a, byte: 1}; is 'bytes' meant",
                "{repositories: team/a, bytes: 1}, {repositories: team/a, count: 1}; two quotas for team/a",
                "nothing; is a section",
            })
    void mistakesEndTheProgram(String list, String message) {
        assertThatThrownBy(() -> quotas("quota: [" + list + "]"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(message);
    }

    @Test
    void variablesCannotHoldIt() {
        assertThatThrownBy(
                        () -> SettingSources.fromFile(directory, "version: 0.1", Map.of("REGISTRY_QUOTA_BYTES", "1")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("REGISTRY_QUOTA_BYTES");
    }
}
