package dev.berth.registry.micrometer;

import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.metrics.Series;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Shows each series of a {@link Metrics} as a meter, also one that is added later: {@code registry_storage_cache_total} is the
 * counter {@code registry.storage.cache}. Durations are timers, and labels are tags. A histogram of sizes is two counters,
 * {@code ….count} and {@code ….sum}.
 *
 * <p>What is about the process and the JVM is left out: Micrometer has binders of its own for that. Meters read the numbers
 * when they are asked; nothing is counted twice. Immutable.
 *
 * @since 0.1
 */
public final class MetricsBinder implements MeterBinder {
    private final Metrics metrics;
    private final List<String> leftOut;

    private MetricsBinder(Metrics metrics, List<String> leftOut) {
        this.metrics = Objects.requireNonNull(metrics, "metrics");
        this.leftOut = leftOut;
    }

    /** Returns a binder of these metrics. */
    public static MetricsBinder of(Metrics metrics) {
        return new MetricsBinder(metrics, List.of("process_", "jvm_"));
    }

    /** Returns a binder that leaves out as well what begins with this: {@code registry_http_} beside {@link ServerMeters}. */
    public MetricsBinder leavingOut(String prefix) {
        return new MetricsBinder(
                metrics, Stream.concat(leftOut.stream(), Stream.of(prefix)).toList());
    }

    /** Adds the meters to a registry, for as long as the metrics live. */
    @Override
    public void bindTo(MeterRegistry registry) {
        metrics.onSeries(series -> {
            if (leftOut.stream().noneMatch(series.name()::startsWith)) {
                add(series, registry);
            }
        });
    }

    private static void add(Series series, MeterRegistry registry) {
        MeterName name = MeterName.of(series.name());
        Tags tags = Tags.of(series.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList());
        switch (series.type()) {
            case COUNTER ->
                FunctionCounter.builder(name.text(), series, Series::value)
                        .tags(tags)
                        .baseUnit(name.unit())
                        .description(series.help())
                        .register(registry);
            case GAUGE ->
                Gauge.builder(name.text(), series, Series::value)
                        .tags(tags)
                        .baseUnit(name.unit())
                        .description(series.help())
                        .register(registry);
            case HISTOGRAM, SUMMARY -> addDistribution(series, name, tags, registry);
        }
    }

    private static void addDistribution(Series series, MeterName name, Tags tags, MeterRegistry registry) {
        if (name.isSeconds()) {
            FunctionTimer.builder(name.text(), series, Series::count, Series::value, TimeUnit.SECONDS)
                    .tags(tags)
                    .description(series.help())
                    .register(registry);
            return;
        }
        FunctionCounter.builder(name.text() + ".count", series, Series::count)
                .tags(tags)
                .description(series.help())
                .register(registry);
        FunctionCounter.builder(name.text() + ".sum", series, Series::value)
                .tags(tags)
                .baseUnit(name.unit())
                .description(series.help())
                .register(registry);
    }
}
