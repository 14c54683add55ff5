package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.configuration.Settings;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {
    /** 24h is common in configurations of Docker's registry. */
    @ParameterizedTest
    @CsvSource({"PT24H, PT2M", "PT2M, PT2M", "PT1M, PT1M"})
    void theIntervalIsThatOfUploadPurgingButAtMostTwoMinutes(Duration uploads, Duration expected) {
        assertThat(Maintenance.interval(new Settings.Uploads(true, Duration.ofHours(168), uploads)))
                .isEqualTo(expected);
    }
}
