package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromEnvironment;
import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.access.NamePattern;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether serve has pages, where, and for how long people are signed in. */
class ConsoleSettingsTest {
    @TempDir
    Path directory;

    @Test
    void pagesAreAtTheRootUnlessSomebodySaysOtherwise() {
        assertThat(fromEnvironment(Map.of()).console())
                .isEqualTo(new ConsoleSettings(
                        true,
                        "/",
                        Optional.empty(),
                        "Registry",
                        List.of(),
                        new ConsoleSettings.Sessions(Duration.ofHours(12), Duration.ofDays(7)),
                        new ConsoleSettings.Audit(Duration.ofDays(90), 256 << 20)));
        assertThat(fromEnvironment(Map.of("REGISTRY_CONSOLE_DISABLED", "true"))
                        .console()
                        .enabled())
                .isFalse();
    }

    @Test
    void theyAreRead() throws IOException {
        Settings settings = fromFile(directory, """
            console:
              path: /ui
              publishedat: /registry-ui/
              title: Images of the shop
              official: ["library/**", shop/base]
              sessions: {idle: 1h, lifetime: 24h}
              audit: {keep: 8760h, size: 1GiB}
            """, Map.of());

        assertThat(settings.console())
                .isEqualTo(new ConsoleSettings(
                        true,
                        "/ui",
                        Optional.of("/registry-ui/"),
                        "Images of the shop",
                        List.of(NamePattern.parse("library/**"), NamePattern.parse("shop/base")),
                        new ConsoleSettings.Sessions(Duration.ofHours(1), Duration.ofDays(1)),
                        new ConsoleSettings.Audit(Duration.ofDays(365), 1 << 30)));
        assertThat(settings.console().publicPath()).isEqualTo("/registry-ui/");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void aVariableHoldsAList() {
        assertThat(fromEnvironment(Map.of("REGISTRY_CONSOLE_OFFICIAL", "library/**, shop/base"))
                        .console()
                        .official())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRY_CONSOLE_PATH, registry-ui, begins with a slash",
        "REGISTRY_CONSOLE_PATH, /a/../b, begins with a slash",
        "REGISTRY_CONSOLE_PATH, /v2/ui, the registry itself",
        "REGISTRY_CONSOLE_PATH, /berth, the registry itself",
        "REGISTRY_CONSOLE_PUBLISHEDAT, https://registry.example, begins with a slash",
        "REGISTRY_CONSOLE_OFFICIAL, 'UPPER', console.official",
        "REGISTRY_CONSOLE_SESSIONS_IDLE, 5s, a minute",
        "REGISTRY_CONSOLE_AUDIT_KEEP, 5m, an hour",
        "REGISTRY_CONSOLE_AUDIT_SIZE, 10k, 1MiB",
        "REGISTRY_CONSOLE_DISABLED, maybe, neither true nor false",
        "REGISTRY_CONSOLE_ENABLED, true, console.enabled",
        "REGISTRY_CONSOL_DISABLED, true, 'console'"
    })
    void whatIsWrongIsRefused(String variable, String value, String about) {
        assertThatThrownBy(() -> fromEnvironment(Map.of(variable, value)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(about);
    }

    @Test
    void aTitleHasAnEnd() {
        assertThatThrownBy(() -> fromEnvironment(Map.of("REGISTRY_CONSOLE_TITLE", "x".repeat(101))))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("at most 100");
    }
}
