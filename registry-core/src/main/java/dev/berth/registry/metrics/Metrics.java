package dev.berth.registry.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The metrics of a process, or of a part of it: counters, gauges and histograms by name, which {@link #toText} shows in
 * Prometheus' text format.
 *
 * <p>Names and labels are words of lower-case letters and digits with underscores between them; the names of counters, and
 * of nothing else, end with {@code _total}; durations are in seconds and sizes in bytes. Other names are refused. Asking
 * twice for the same metric returns the same one. Thread-safe.
 *
 * @since 0.1
 */
public final class Metrics {
    /** How many combinations of the values of its labels a metric has at most. */
    public static final int MOST_SERIES = 2000;

    private final ConcurrentSkipListMap<String, Labelled<?>> metrics = new ConcurrentSkipListMap<>();
    private final List<Consumer<? super Series>> listeners = new CopyOnWriteArrayList<>();

    /** Creates a registry without metrics. */
    public Metrics() {}

    /**
     * Returns a counter without labels.
     *
     * @param name ends with {@code _total}
     * @param help what is counted, in a sentence
     * @throws IllegalArgumentException if the name is not one for a counter, or belongs to another kind of metric
     */
    public Counter counter(String name, String help) {
        return counters(name, help).with();
    }

    /** Returns a counter with labels; fails as {@link #counter} does. */
    public Labelled<Counter> counters(String name, String help, String... labels) {
        return counted(name, help, MetricType.COUNTER, labels, Counter::new);
    }

    /**
     * Returns a gauge without labels.
     *
     * @param help what the number is, in a sentence
     * @throws IllegalArgumentException if the name is not one for a gauge, or belongs to another kind of metric
     */
    public Gauge gauge(String name, String help) {
        return gauges(name, help).with();
    }

    /** Returns a gauge with labels; fails as {@link #gauge} does. */
    public Labelled<Gauge> gauges(String name, String help, String... labels) {
        return counted(name, help, MetricType.GAUGE, labels, Gauge::new);
    }

    /**
     * Returns a histogram without labels.
     *
     * @throws IllegalArgumentException if the name is not one for a histogram, or belongs to another kind of metric
     */
    public Histogram histogram(String name, String help, Buckets buckets) {
        return histograms(name, help, buckets).with();
    }

    /** Returns a histogram with labels; fails as {@link #histogram} does. */
    public Labelled<Histogram> histograms(String name, String help, Buckets buckets, String... labels) {
        return counted(name, help, MetricType.HISTOGRAM, labels, seriesName -> new Histogram(seriesName, buckets));
    }

    /**
     * Adds a gauge whose number is asked for when it is shown. One of the same name and labels is kept instead.
     *
     * @param labels the names and values of the labels; all series of a metric have the same names
     * @param value does not block; NaN if there is none
     * @throws IllegalArgumentException as for {@link #gauge}
     */
    public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        reading(name, help, MetricType.GAUGE, labels, value, () -> 0);
    }

    /**
     * Adds a counter whose number is asked for when it is shown. One of the same name and labels is kept instead.
     *
     * @param value never becomes less, and does not block
     * @throws IllegalArgumentException as for {@link #counter}
     */
    public void counter(String name, String help, Map<String, String> labels, DoubleSupplier value) {
        reading(name, help, MetricType.COUNTER, labels, value, () -> 0);
    }

    /** Adds a summary that is asked for when it is shown: how many values there were, and their sum. */
    void summary(String name, String help, Map<String, String> labels, LongSupplier count, DoubleSupplier sum) {
        reading(name, help, MetricType.SUMMARY, labels, sum, count);
    }

    private void reading(
            String name,
            String help,
            MetricType type,
            Map<String, String> labels,
            DoubleSupplier value,
            LongSupplier count) {
        SeriesName.Metric metric = new SeriesName.Metric(name, help, type, List.copyOf(labels.keySet()), true);
        Function<SeriesName, Reading> creator = seriesName -> new Reading(seriesName, value, count);
        labelled(metric, creator).add(List.copyOf(labels.values()), creator);
    }

    private <S extends Series> Labelled<S> counted(
            String name, String help, MetricType type, String[] labels, Function<SeriesName, S> creator) {
        return labelled(new SeriesName.Metric(name, help, type, List.of(labels), false), creator);
    }

    @SuppressWarnings("unchecked") // a metric of the same description has series of the same class
    private <S extends Series> Labelled<S> labelled(SeriesName.Metric metric, Function<SeriesName, S> creator) {
        Labelled<?> known = metrics.computeIfAbsent(
                metric.name(), name -> new Labelled<>(metric, MOST_SERIES, creator, this::created));
        if (!known.metric().equals(metric)) {
            throw new IllegalArgumentException("There is a metric '" + metric.name()
                    + "' already, of another type, with another help text, or with other labels");
        }
        return (Labelled<S>) known;
    }

    private void created(Series series) {
        listeners.forEach(listener -> listener.accept(series));
    }

    /** Returns all series of all metrics, by name and labels. */
    public List<Series> series() {
        List<Series> all = new ArrayList<>();
        metrics.values().forEach(metric -> all.addAll(metric.all()));
        return List.copyOf(all);
    }

    /**
     * Calls a listener with each series that there is, and with each that is added from now on, by the thread that adds it.
     * One that is added during this call may come twice.
     */
    public void onSeries(Consumer<? super Series> listener) {
        listeners.add(listener);
        series().forEach(listener);
    }

    /** Returns all metrics in Prometheus' text format 0.0.4, ordered by name, the series of each by the values of labels. */
    public String toText() {
        TextFormat text = new TextFormat();
        metrics.values().forEach(metric -> text.add(metric.metric(), metric.all()));
        return text.toString();
    }

    /** Returns how many series there are. */
    @Override
    public String toString() {
        return "Metrics[" + series().size() + " series]";
    }
}
