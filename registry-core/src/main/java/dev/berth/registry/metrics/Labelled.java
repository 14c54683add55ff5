package dev.berth.registry.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A metric with labels: a series for each combination of their values. The number of combinations is bounded; what exceeds
 * it is counted in one more, all of whose labels have the value {@value #OTHER}. Thread-safe.
 *
 * @param <S> the type of the series
 * @since 0.1
 */
public final class Labelled<S extends Series> {
    /** The value of all labels of the series for combinations that are too many. */
    public static final String OTHER = "other";

    private final SeriesName.Metric metric;
    private final Function<SeriesName, ? extends S> creator;
    private final Consumer<? super S> created;
    private final int most;

    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentSkipListMap<List<String>, S> series = new ConcurrentSkipListMap<>(Labelled::compare);

    Labelled(
            SeriesName.Metric metric,
            int most,
            Function<SeriesName, ? extends S> creator,
            Consumer<? super S> created) {
        this.metric = metric;
        this.most = most;
        this.creator = creator;
        this.created = created;
    }

    private static int compare(List<String> left, List<String> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /**
     * Returns the series with these values of the labels, which is made if it is not there. Who counts often keeps it.
     *
     * @param values as many as the metric has labels, in their order
     * @throws IllegalArgumentException if there are more or fewer
     */
    public S with(String... values) {
        List<String> key = List.of(values);
        S known = series.get(key);
        return known != null ? known : add(key, creator);
    }

    /** Returns the series with these values of the labels, which is made by a function if it is not there. */
    S add(List<String> key, Function<SeriesName, ? extends S> maker) {
        if (key.size() != metric.labelNames().size()) {
            throw new IllegalArgumentException(
                    "The metric " + metric.name() + " has the labels " + metric.labelNames() + ", unlike " + key);
        }
        S made;
        lock.lock();
        try {
            S known = series.get(key);
            if (known != null) {
                return known;
            }
            List<String> allowed = series.size() < most
                    ? key
                    : Collections.nCopies(metric.labelNames().size(), OTHER);
            known = series.get(allowed);
            if (known != null) {
                return known;
            }
            made = maker.apply(SeriesName.of(metric, allowed));
            series.put(allowed, made);
        } finally {
            lock.unlock();
        }
        created.accept(made);
        return made;
    }

    /** Removes the series with these values of the labels, which is not shown any more. */
    public void remove(String... values) {
        series.remove(List.of(values));
    }

    SeriesName.Metric metric() {
        return metric;
    }

    /** Returns all series, ordered by the values of their labels. */
    Collection<S> all() {
        return new ArrayList<>(series.values());
    }
}
