package dev.berth.examples.standalone.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For how long deletions can be undone. */
class UndeleteSettingTest {
    @TempDir
    private Path directory;

    @Test
    void theWindowIsRead() throws IOException {
        assertThat(SettingSources.fromEnvironment(Map.of()).undelete()).isEqualTo(Duration.ofDays(7));
        assertThat(SettingSources.fromFile(directory, "maintenance: {undelete: 48h}", Map.of())
                        .undelete())
                .isEqualTo(Duration.ofHours(48));
        assertThat(SettingSources.fromEnvironment(Map.of("REGISTRY_MAINTENANCE_UNDELETE", "0"))
                        .undelete())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void aWindowThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> SettingSources.fromEnvironment(Map.of("REGISTRY_MAINTENANCE_UNDELETE", "2161h")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("maintenance.undelete")
                .hasMessageContaining("0 to 90 days");
    }
}
