package dev.berth.registry.scan.gate;

import dev.berth.registry.rules.RepositoryFacts;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.report.Verdicts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Gate} judges by, and whom it tells. Immutable.
 *
 * @since 0.1
 */
public final class GateOptions {
    private final Verdicts verdicts;
    private final OpenFindings open;
    private final KnownSince knownSince;
    private final ScanRequests requests;
    private final GateListener listener;
    private final InstantSource clock;
    private final Duration remembered;
    private final int capacity;

    private final @Nullable RepositoryFacts facts;

    private GateOptions(Builder builder) {
        this.verdicts = builder.verdicts;
        this.open = builder.open;
        this.knownSince = builder.knownSince;
        this.requests = builder.requests;
        this.listener = builder.listener;
        this.clock = builder.clock;
        this.remembered = builder.remembered;
        this.capacity = builder.capacity;
        this.facts = builder.facts;
    }

    /** Returns the options by which everything counts as unscanned, and nobody is told. */
    public static GateOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    Verdicts verdicts() {
        return verdicts;
    }

    OpenFindings open() {
        return open;
    }

    KnownSince knownSince() {
        return knownSince;
    }

    ScanRequests requests() {
        return requests;
    }

    GateListener listener() {
        return listener;
    }

    InstantSource clock() {
        return clock;
    }

    Duration remembered() {
        return remembered;
    }

    int capacity() {
        return capacity;
    }

    Optional<RepositoryFacts> facts() {
        return Optional.ofNullable(facts);
    }

    /**
     * Collects options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final Duration LONGEST = Duration.ofMinutes(1);

        private Verdicts verdicts = (repository, image) -> Verdict.unscanned();
        private OpenFindings open = (repository, report) -> report.findings();
        private KnownSince knownSince = (repository, report, finding) -> Optional.empty();
        private ScanRequests requests = (repository, image) -> {};
        private GateListener listener = GateListener.none();
        private InstantSource clock = InstantSource.system();
        private Duration remembered = Duration.ofSeconds(5);
        private int capacity = 10_000;

        private @Nullable RepositoryFacts facts;

        private Builder() {}

        /** Sets where the verdicts of scans are. By default everything counts as unscanned. */
        public Builder verdicts(Verdicts newVerdicts) {
            this.verdicts = Objects.requireNonNull(newVerdicts, "verdicts");
            return this;
        }

        /** Sets which findings count. By default all of a {@linkplain ScanReport#findings report}. */
        public Builder open(OpenFindings newOpen) {
            this.open = Objects.requireNonNull(newOpen, "open");
            return this;
        }

        /** Sets since when findings are known. By default nobody can say, so that they count at once. */
        public Builder knownSince(KnownSince newKnownSince) {
            this.knownSince = Objects.requireNonNull(newKnownSince, "knownSince");
            return this;
        }

        /** Sets who is asked to scan what was not, when somebody wants it. Nobody by default. */
        public Builder onUnscanned(ScanRequests newRequests) {
            this.requests = Objects.requireNonNull(newRequests, "requests");
            return this;
        }

        /** Sets who is told. Nobody by default. */
        public Builder listener(GateListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "listener");
            return this;
        }

        /** Sets where the time comes from. That of the system by default. Keys expire by the time of their verifier. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "clock");
            return this;
        }

        /**
         * Sets which tags name a manifest, for rules with patterns for tags, where the manifest is asked for by its digest. By
         * default nobody can say, so that such rules are for everything that is. Of a registry over a store:
         * {@link RepositoryFacts#of(dev.berth.registry.engine.StorageRegistry)}.
         */
        public Builder facts(RepositoryFacts newFacts) {
            this.facts = Objects.requireNonNull(newFacts, "facts");
            return this;
        }

        /**
         * Sets how long a decision about an image is used again: what others change, and what is changed behind this gate, has
         * its effect after this time at the latest; what is changed through it, at once. 5 seconds by default, at most a
         * minute; zero for not at all.
         *
         * @throws IllegalArgumentException if the time is negative or longer
         */
        public Builder remembered(Duration time) {
            if (time.isNegative() || time.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "A decision can be remembered for 0 seconds to " + LONGEST.toSeconds() + ", not for " + time);
            }
            this.remembered = time;
            return this;
        }

        /**
         * Sets how many decisions are remembered. 10,000 by default; each needs some hundred bytes, a refusal up to 2 KB.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Builder capacity(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("The number of decisions must be at least 1, not " + count);
            }
            this.capacity = count;
            return this;
        }

        /** Builds them. */
        public GateOptions build() {
            return new GateOptions(this);
        }
    }
}
