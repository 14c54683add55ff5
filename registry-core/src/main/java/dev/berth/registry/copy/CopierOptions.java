package dev.berth.registry.copy;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How an {@link ImageCopier} works. Immutable.
 *
 * @since 0.1
 */
public final class CopierOptions {
    private final int parallelism;
    private final Optional<Executor> executor;

    private CopierOptions(Builder builder) {
        this.parallelism = builder.parallelism;
        this.executor = builder.executor;
    }

    /** Returns the defaults that {@link Builder} names. */
    public static CopierOptions defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    int parallelism() {
        return parallelism;
    }

    Optional<Executor> executor() {
        return executor;
    }

    /** Builds options. Not thread-safe. */
    public static final class Builder {
        private int parallelism = 4;
        private Optional<Executor> executor = Optional.empty();

        private Builder() {}

        /**
         * Sets how many blobs or manifests of one copy are on their way at a time, the calling thread's included; 4 by
         * default.
         *
         * @throws IllegalArgumentException if it is not between 1 and 256
         */
        public Builder parallelism(int transfers) {
            if (transfers < 1 || transfers > 256) {
                throw new IllegalArgumentException("The parallelism must be 1 to 256, not " + transfers);
            }
            this.parallelism = transfers;
            return this;
        }

        /**
         * Sets where the transfers run that are not in the calling thread; threads are made for each copy by default. An
         * executor of virtual threads is fine, and so is one that is busy: the calling thread does what nobody else
         * does. Its creator closes it.
         */
        public Builder executor(Executor newExecutor) {
            this.executor = Optional.of(Objects.requireNonNull(newExecutor, "executor"));
            return this;
        }

        /** Returns the options. */
        public CopierOptions build() {
            return new CopierOptions(this);
        }
    }
}
