package dev.berth.registry.metrics;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A number that is asked for whenever it is wanted. */
final class Reading extends Series {
    private static final Logger log = LoggerFactory.getLogger(Metrics.class);

    private final DoubleSupplier value;
    private final LongSupplier count;

    Reading(SeriesName name, DoubleSupplier value, LongSupplier count) {
        super(name);
        this.value = value;
        this.count = count;
    }

    /** Returns the number, or NaN if it cannot be had now. */
    @Override
    public double value() {
        try {
            return value.getAsDouble();
        } catch (RuntimeException e) {
            log.debug("The metric {} could not be read", this, e);
            return Double.NaN;
        }
    }

    @Override
    public long count() {
        try {
            return count.getAsLong();
        } catch (RuntimeException e) {
            log.debug("The metric {} could not be read", this, e);
            return 0;
        }
    }

    @Override
    void write(TextFormat output) {
        if (type() == MetricType.SUMMARY) {
            output.sample("_sum", seriesName().text(), Numbers.text(value()));
            output.sample("_count", seriesName().text(), Numbers.text(count()));
        } else {
            super.write(output);
        }
    }
}
