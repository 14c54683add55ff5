package dev.berth.examples.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianIsTheValueInTheMiddle() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 2.0))).hasValue(2.0);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Statistics.median(List.of(1.0, 2.0, 4.0, 100.0))).hasValue(3.0);
    }

    @Test
    void whatIsNotANumberDoesNotCount() {
        assertThat(Statistics.median(List.of(Double.NaN, 5.0))).hasValue(5.0);
        assertThat(Statistics.median(List.of(Double.NaN))).isEmpty();
        assertThat(Statistics.median(List.of())).isEmpty();
    }

    @Test
    void aSlowRoundThatSlowsBothDoesNotChangeTheRatio() {
        List<Double> values = List.of(200.0, 20.0, 210.0);
        List<Double> others = List.of(100.0, 10.0, 105.0);

        assertThat(Statistics.pairedRatio(values, others)).hasValue(2.0);
    }

    @Test
    void ratiosAreOfRoundsThatBothHave() {
        assertThat(Statistics.pairedRatio(List.of(4.0, 6.0, 1.0), List.of(2.0, 3.0)))
                .hasValue(2.0);
        assertThat(Statistics.pairedRatio(List.of(), List.of(2.0))).isEmpty();
    }
}
