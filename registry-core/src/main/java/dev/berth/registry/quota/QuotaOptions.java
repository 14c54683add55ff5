package dev.berth.registry.quota;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The options of {@link Quotas}. Immutable.
 *
 * @since 0.1
 */
public final class QuotaOptions {
    private final List<QuotaLimit> limits;
    private final boolean countingAll;
    private final Duration lease;
    private final LongSupplier nanoTime;

    private QuotaOptions(Builder builder) {
        this.limits = List.copyOf(builder.limits.values());
        this.countingAll = builder.countingAll;
        this.lease = builder.lease;
        this.nanoTime = builder.nanoTime;
    }

    /** Returns options with these limits and the defaults. */
    public static QuotaOptions of(QuotaLimit... limits) {
        return builder().limits(List.of(limits)).build();
    }

    /** Returns a builder with the defaults: no limits. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the limits. */
    public List<QuotaLimit> limits() {
        return limits;
    }

    /** Returns whether every repository is counted, also those without a limit. */
    public boolean countingAll() {
        return countingAll;
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder().limits(limits).lease(lease).nanoTime(nanoTime);
        builder.countingAll = countingAll;
        return builder;
    }

    Duration lease() {
        return lease;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final Duration SHORTEST = Duration.ofSeconds(20);

        private final Map<String, QuotaLimit> limits = new LinkedHashMap<>();
        private boolean countingAll;
        private Duration lease = Duration.ofMinutes(2);
        private LongSupplier nanoTime = System::nanoTime;

        private Builder() {}

        /**
         * Adds limits.
         *
         * @throws IllegalArgumentException if there is a limit for one of these patterns already
         */
        public Builder limits(List<QuotaLimit> newLimits) {
            for (QuotaLimit limit : newLimits) {
                if (limits.put(limit.repositories().toString(), limit) != null) {
                    throw new IllegalArgumentException(
                            "There are two quotas for " + limit.repositories() + "; write one with both limits");
                }
            }
            return this;
        }

        /** Counts what every repository uses, also those without a limit: {@link Quotas#total}. By default those are not. */
        public Builder countAll() {
            this.countingAll = true;
            return this;
        }

        /**
         * Sets how long a node may do nothing before the others take it for dead, count again what it was changing, and
         * release what it had reserved. Two minutes by default. It is measured by the others, so that clocks need not
         * agree. {@link Quotas#maintain} must be called at least four times in it.
         *
         * @throws IllegalArgumentException if it is less than 20 seconds
         */
        public Builder lease(Duration newLease) {
            if (newLease.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException(
                        "A lease must be at least " + SHORTEST.toSeconds() + " s: " + newLease);
            }
            this.lease = newLease;
            return this;
        }

        /** Sets what measures durations, in nanoseconds. {@link System#nanoTime} by default. */
        public Builder nanoTime(LongSupplier newNanoTime) {
            this.nanoTime = newNanoTime;
            return this;
        }

        /** Returns the options. */
        public QuotaOptions build() {
            return new QuotaOptions(this);
        }
    }
}
