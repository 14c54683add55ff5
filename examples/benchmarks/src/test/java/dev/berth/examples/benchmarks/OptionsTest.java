package dev.berth.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void everythingIsMeasuredFiveTimesUnlessSaidOtherwise() {
        Options options = Options.parse();

        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.wants("disk", "push-1")).isTrue();
    }

    @Test
    void aStageOrAScenarioCanBeChosen() {
        Options options = Options.parse("--only", "tls,push-1");

        assertThat(options.wants("tls", "tls-blob-10k")).isTrue();
        assertThat(options.wants("disk", "push-1")).isTrue();
        assertThat(options.wants("disk", "push-8")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--unknown", "--rounds", "--rounds 0", "--seconds soon"})
    void whatIsNotUnderstoodIsNamed(String line) {
        assertThatThrownBy(() -> Options.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(line.split(" ")[0]);
    }
}
