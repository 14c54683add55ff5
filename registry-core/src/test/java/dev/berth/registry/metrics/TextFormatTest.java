package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prometheus' text format 0.0.4. */
class TextFormatTest {
    private final Metrics metrics = new Metrics();

    @Test
    void metricsAndSeriesAreOrdered() {
        Labelled<Counter> counters = metrics.counters("b_total", "Second.", "x", "y");
        counters.with("b", "1").increment();
        counters.with("a", "2").add(3);
        counters.with("a", "1").add(2);
        metrics.gauge("a", "First.").set(0.5);

        assertThat(metrics.toText()).isEqualTo("""
                # HELP a First.
                # TYPE a gauge
                a 0.5
                # HELP b_total Second.
                # TYPE b_total counter
                b_total{x="a",y="1"} 2
                b_total{x="a",y="2"} 3
                b_total{x="b",y="1"} 1
                """);
    }

    @Test
    void aMetricWithoutSeriesIsLeftOut() {
        metrics.counters("a_total", "Help.", "x");
        assertThat(metrics.toText()).isEmpty();
    }

    @Test
    void helpAndLabelsAreEscaped() {
        metrics.gauges("a", "One \\ two\nthree \"four\".", "x")
                .with("one \\ two\nthree \"four\" {5} \u00e4\ud83d\ude00\ud83d")
                .set(1);

        assertThat(metrics.toText()).isEqualTo("""
                # HELP a One \\\\ two\\nthree "four".
                # TYPE a gauge
                a{x="one \\\\ two\\nthree \\"four\\" {5} \u00e4\ud83d\ude00\ufffd"} 1
                """);
    }

    @Test
    void aHistogramIsCumulative() {
        Histogram histogram = metrics.histograms("a_seconds", "Help.", Buckets.seconds(0.005, 1, 2.5), "x")
                .with("1");
        histogram.observe(5_000_000);
        histogram.observe(5_000_001);
        histogram.observe(0);
        histogram.observe(-7);
        histogram.observe(2_500_000_000L);
        histogram.observe(90_000_000_000L);

        assertThat(metrics.toText()).isEqualTo("""
                # HELP a_seconds Help.
                # TYPE a_seconds histogram
                a_seconds_bucket{x="1",le="0.005"} 3
                a_seconds_bucket{x="1",le="1"} 4
                a_seconds_bucket{x="1",le="2.5"} 5
                a_seconds_bucket{x="1",le="+Inf"} 6
                a_seconds_sum{x="1"} 92.510000001
                a_seconds_count{x="1"} 6
                """);
    }

    @Test
    void aSummaryHasSumAndCount() {
        metrics.summary("a_seconds", "Help.", Map.of(), () -> 3, () -> 1.5);

        assertThat(metrics.toText()).isEqualTo("""
                # HELP a_seconds Help.
                # TYPE a_seconds summary
                a_seconds_sum 1.5
                a_seconds_count 3
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "-1.5, -1.5",
        "524288, 524288",
        "1048576, 1.048576e+06",
        "-1048576, -1.048576e+06",
        "2147483648, 2.147483648e+09",
        "1795800648.3, 1.7958006483e+09",
        "1e21, 1e+21",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "9.5e-6, 9.5e-06",
        "0.1, 0.1",
        "123456.75, 123456.75",
        "NaN, NaN",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "4.9E-324, 4.9e-324",
        "1.7976931348623157E308, 1.7976931348623157e+308"
    })
    void numbersAreWrittenAsElsewhere(double number, String text) {
        assertThat(Numbers.text(number)).isEqualTo(text);
        if (Double.isFinite(number)) {
            assertThat(Double.parseDouble(Numbers.text(number))).isEqualTo(number == 0 ? 0.0 : number);
        }
    }
}
