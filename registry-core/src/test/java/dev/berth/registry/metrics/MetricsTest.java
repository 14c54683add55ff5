package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "requests",
                "Requests_total",
                "1_total",
                "a__b_total",
                "_a_total",
                "a_total_",
                "a-b_total",
                "a:b_total",
                "a b_total",
                "ä_total",
                "a_ms_total",
                "a_kilobytes_total",
                "a_counter_total",
                "a\n_total"
            })
    void aCounterOfABadNameIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics.counter(name, "Help."))
                .withMessageContaining("'" + name + "'");
        assertThat(metrics.series()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_total", "a_count", "a_sum", "a_bucket", "a_milliseconds", "a_gauge"})
    void aGaugeOfABadNameIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.gauge(name, "Help."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "le", "quantile", "__name", "A", "a-b", "a b", "1"})
    void aBadLabelIsRefused(String label) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics.gauges("a", "Help.", "good", label))
                .withMessageContaining("'" + label + "'");
    }

    @Test
    void aLabelTwiceOrNoHelpIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.gauges("a", "Help.", "x", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.gauge("a", " "));
    }

    @Test
    void theSameMetricIsMadeOnce() {
        assertThat(metrics.counter("a_total", "Help.")).isSameAs(metrics.counter("a_total", "Help."));
        assertThat(metrics.gauges("b", "Help.", "x").with("1"))
                .isSameAs(metrics.gauges("b", "Help.", "x").with("1"))
                .isNotSameAs(metrics.gauges("b", "Help.", "x").with("2"));
    }

    @Test
    void anotherMetricOfTheSameNameIsRefused() {
        metrics.gauges("a", "Help.", "x").with("1").set(1);
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.gauges("a", "Help.", "y"));
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.gauges("a", "Other.", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> metrics.histograms("a", "Help.", Buckets.bytes(1), "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics.gauge("a", "Help.", Map.of("x", "1"), () -> 2))
                .withMessageContaining("'a'");
    }

    @Test
    void asManyValuesAsLabelsAreNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics.gauges("a", "Help.", "x", "y").with("1"));
    }

    @Test
    void combinationsOfLabelsAreBounded() {
        Labelled<Counter> counters = metrics.counters("a_total", "Help.", "x", "y");
        for (int i = 0; i < Metrics.MOST_SERIES + 500; i++) {
            counters.with("" + i, "b").increment();
        }
        assertThat(metrics.series()).hasSize(Metrics.MOST_SERIES + 1);
        assertThat(counters.with("other", "other").value()).isEqualTo(500);
    }

    @Test
    void aRemovedSeriesIsNotShown() {
        Labelled<Gauge> gauges = metrics.gauges("a", "Help.", "x");
        gauges.with("1").set(1);
        gauges.with("2").set(2);
        gauges.remove("1");
        assertThat(metrics.toText()).doesNotContain("x=\"1\"").contains("a{x=\"2\"} 2\n");
    }

    @Test
    void aListenerIsToldOfEverySeries() {
        List<String> told = new ArrayList<>();
        metrics.gauge("a", "Help.");
        metrics.onSeries(series -> told.add(series.toString()));
        metrics.counters("b_total", "Help.", "x").with("1").increment();
        metrics.counters("b_total", "Help.", "x").with("1").increment();
        metrics.gauge("c", "Help.", Map.of("y", "2"), () -> 3);
        assertThat(told).containsExactly("a", "b_total{x=\"1\"}", "c{y=\"2\"}");
    }

    @Test
    void aCounterOnlyGrows() {
        Counter counter = metrics.counter("a_total", "Help.");
        counter.add(5);
        assertThatIllegalArgumentException().isThrownBy(() -> counter.add(-1));
        assertThat(counter.value()).isEqualTo(5);
    }

    @Test
    void aGaugeGoesUpAndDownAndIsSet() {
        Gauge gauge = metrics.gauge("a", "Help.");
        gauge.increment();
        gauge.increment();
        gauge.decrement();
        assertThat(gauge.value()).isEqualTo(1);
        gauge.set(2.5);
        assertThat(gauge.value()).isEqualTo(2.5);
    }

    @Test
    void aNumberThatCannotBeReadIsNone() {
        metrics.gauge("a", "Help.", Map.of(), () -> {
            throw new IllegalStateException("closed");
        });
        assertThat(metrics.toText()).contains("a NaN\n");
    }

    @Test
    void nothingIsLostWhenManyCount() throws Exception {
        int threads = 8;
        int rounds = 20_000;
        Labelled<Counter> counters = metrics.counters("a_total", "Help.", "x");
        Histogram histogram = metrics.histogram("b_bytes", "Help.", Buckets.bytes(10, 100));
        Gauge gauge = metrics.gauge("c", "Help.");
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int t = 0; t < threads; t++) {
            pool.execute(() -> {
                for (int i = 0; i < rounds; i++) {
                    counters.with("" + i % 50).increment();
                    histogram.observe(i % 200);
                    gauge.increment();
                    if (i % 1000 == 0) {
                        assertThat(metrics.toText()).contains("b_bytes_count ");
                    }
                    gauge.decrement();
                }
            });
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        double sum = metrics.series().stream()
                .filter(series -> series.name().equals("a_total"))
                .mapToDouble(Series::value)
                .sum();
        assertThat(sum).isEqualTo((double) threads * rounds);
        assertThat(histogram.count()).isEqualTo((long) threads * rounds);
        assertThat(histogram.value()).isEqualTo(threads * rounds / 200.0 * (199 * 200 / 2));
        assertThat(gauge.value()).isZero();
    }
}
