package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {
    /** A configuration of Docker's registry often says 24h, since that has nothing else to do. */
    @ParameterizedTest
    @CsvSource({"PT24H, PT10M", "PT10M, PT10M", "PT1M, PT1M"})
    void itRunsAsOftenAsUploadsAreLookedForButSoonEnoughForDeletions(Duration uploads, Duration expected) {
        assertThat(Maintenance.interval(new Settings.Uploads(true, Duration.ofHours(168), uploads)))
                .isEqualTo(expected);
    }
}
