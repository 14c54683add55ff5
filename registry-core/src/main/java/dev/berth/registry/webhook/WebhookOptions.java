package dev.berth.registry.webhook;

import dev.berth.registry.internal.pace.RetrySchedule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The options of {@link Webhooks}. Immutable.
 *
 * @since 0.1
 */
public final class WebhookOptions {
    private final WebhookSender sender;
    private final List<WebhookEndpoint> endpoints;
    private final DeliveryListener listener;
    private final int maxPending;
    private final long maxPendingBytes;
    private final Duration maxAge;
    private final Duration retryFor;
    private final Duration firstBackoff;
    private final Duration longestBackoff;
    private final Duration longestProbe;
    private final int maxDeadLetters;
    private final Duration deadLetterAge;
    private final int parallel;
    private final int readsBuffered;
    private final int readBatch;
    private final Duration readInterval;
    private final Duration lease;
    private final Duration longestPoll;
    private final Duration endpointAge;
    private final Duration forgetAfter;
    private final Duration setAsideAfter;
    private final Optional<Boolean> sharedStore;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final DoubleSupplier random;

    private WebhookOptions(Builder builder) {
        this.sender = builder.sender;
        this.endpoints = List.copyOf(builder.endpoints.values());
        this.listener = builder.listener;
        this.maxPending = builder.maxPending;
        this.maxPendingBytes = builder.maxPendingBytes;
        this.maxAge = builder.maxAge;
        this.retryFor = builder.retryFor;
        this.firstBackoff = builder.firstBackoff;
        this.longestBackoff = builder.longestBackoff;
        this.longestProbe = builder.longestProbe;
        this.maxDeadLetters = builder.maxDeadLetters;
        this.deadLetterAge = builder.deadLetterAge;
        this.parallel = builder.parallel;
        this.readsBuffered = builder.readsBuffered;
        this.readBatch = builder.readBatch;
        this.readInterval = builder.readInterval;
        this.lease = builder.lease;
        this.longestPoll = builder.longestPoll;
        this.endpointAge = builder.endpointAge;
        this.forgetAfter = builder.forgetAfter;
        this.setAsideAfter = builder.setAsideAfter;
        this.sharedStore = builder.sharedStore;
        this.clock = builder.clock;
        this.nanoTime = builder.nanoTime;
        this.random = builder.random;
    }

    /**
     * Returns a builder with the defaults and no endpoint.
     *
     * @param sender delivers messages; whoever has made it closes it, after the webhooks
     */
    public static Builder builder(WebhookSender sender) {
        return new Builder(sender);
    }

    /** Returns the endpoints of the configuration. */
    public List<WebhookEndpoint> endpoints() {
        return endpoints;
    }

    WebhookSender sender() {
        return sender;
    }

    DeliveryListener listener() {
        return listener;
    }

    int maxPending() {
        return maxPending;
    }

    long maxPendingBytes() {
        return maxPendingBytes;
    }

    Duration maxAge() {
        return maxAge;
    }

    Duration retryFor() {
        return retryFor;
    }

    RetrySchedule retries() {
        return new RetrySchedule(firstBackoff, longestBackoff, random);
    }

    /** How long to wait between two attempts to reach an endpoint that takes nothing at all. */
    RetrySchedule probes() {
        return new RetrySchedule(
                firstBackoff, longestProbe.compareTo(longestBackoff) < 0 ? longestProbe : longestBackoff, random);
    }

    int maxDeadLetters() {
        return maxDeadLetters;
    }

    Duration deadLetterAge() {
        return deadLetterAge;
    }

    int parallel() {
        return parallel;
    }

    int readsBuffered() {
        return readsBuffered;
    }

    int readBatch() {
        return readBatch;
    }

    Duration readInterval() {
        return readInterval;
    }

    Duration lease() {
        return lease;
    }

    Duration longestPoll() {
        return longestPoll;
    }

    Duration endpointAge() {
        return endpointAge;
    }

    Duration forgetAfter() {
        return forgetAfter;
    }

    Duration setAsideAfter() {
        return setAsideAfter;
    }

    Optional<Boolean> sharedStore() {
        return sharedStore;
    }

    InstantSource clock() {
        return clock;
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    /**
     * Builds options. Not thread-safe. Every method throws {@link IllegalArgumentException} for a number or a duration that is
     * not positive.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final WebhookSender sender;
        private final Map<String, WebhookEndpoint> endpoints = new LinkedHashMap<>();
        private DeliveryListener listener = new DeliveryListener() {};
        private int maxPending = 100_000;
        private long maxPendingBytes = 1L << 30;
        private Duration maxAge = Duration.ofDays(7);
        private Duration retryFor = Duration.ofDays(3);
        private Duration firstBackoff = Duration.ofSeconds(1);
        private Duration longestBackoff = Duration.ofHours(4);
        private Duration longestProbe = Duration.ofMinutes(5);
        private int maxDeadLetters = 10_000;
        private Duration deadLetterAge = Duration.ofDays(30);
        private int parallel = 4;
        private int readsBuffered = 10_000;
        private int readBatch = 100;
        private Duration readInterval = Duration.ofSeconds(1);
        private Duration lease = Duration.ofSeconds(30);
        private Duration longestPoll = Duration.ofSeconds(5);
        private Duration endpointAge = Duration.ofSeconds(10);
        private Duration forgetAfter = Duration.ofDays(7);
        private Duration setAsideAfter = Duration.ofMinutes(10);
        private Optional<Boolean> sharedStore = Optional.empty();
        private InstantSource clock = InstantSource.system();
        private LongSupplier nanoTime = System::nanoTime;
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private Builder(WebhookSender sender) {
            this.sender = Objects.requireNonNull(sender, "sender");
        }

        /**
         * Adds endpoints of the configuration. The API can neither change nor remove them. One of the API with the same name
         * is replaced. They should be the same on all nodes over a store: a node that lacks one keeps its events for those
         * that have it.
         *
         * @throws IllegalArgumentException if there is one of this name already
         */
        public Builder endpoints(List<WebhookEndpoint> newEndpoints) {
            for (WebhookEndpoint endpoint : newEndpoints) {
                if (endpoints.put(endpoint.name(), endpoint) != null) {
                    throw new IllegalArgumentException("There are two webhooks with the name " + endpoint.name());
                }
            }
            return this;
        }

        /** Adds endpoints, as {@link #endpoints(List)} does. */
        public Builder endpoints(WebhookEndpoint... newEndpoints) {
            return endpoints(List.of(newEndpoints));
        }

        /** Sets who is told how the delivery goes. Nobody by default. */
        public Builder listener(DeliveryListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /**
         * Sets how many messages may wait for an endpoint. 100,000 by default. Of more than these, the oldest become dead
         * letters.
         */
        public Builder maxPending(int newMaxPending) {
            this.maxPending = positive(newMaxPending);
            return this;
        }

        /** Sets how many bytes of messages may wait for an endpoint, as {@link #maxPending}. 1 GiB by default. */
        public Builder maxPendingBytes(long newMaxPendingBytes) {
            this.maxPendingBytes = positive(newMaxPendingBytes);
            return this;
        }

        /** Sets for how long a message may wait, whatever the reason, before it becomes a dead letter. A week by default. */
        public Builder maxAge(Duration newMaxAge) {
            this.maxAge = positive(newMaxAge);
            return this;
        }

        /** Sets for how long a message is sent again before it becomes a dead letter. Three days by default. */
        public Builder retryFor(Duration newRetryFor) {
            this.retryFor = positive(newRetryFor);
            return this;
        }

        /**
         * Sets how long the waits between attempts are: after the first failure {@code first} on average, each time twice as
         * long, at most {@code longest} on average. A wait is a random number up to twice the average. 1 second and 4 hours
         * by default.
         */
        public Builder backoff(Duration first, Duration longest) {
            this.firstBackoff = positive(first);
            this.longestBackoff = positive(longest);
            return this;
        }

        /**
         * Sets the longest average wait between attempts to reach an endpoint that takes nothing at all. Such an endpoint
         * gets one message at a time, so that it can be tried more often than each message could. 5 minutes by default.
         */
        public Builder longestProbe(Duration newLongestProbe) {
            this.longestProbe = positive(newLongestProbe);
            return this;
        }

        /** Sets how many dead letters of an endpoint are kept. 10,000 by default; the oldest are dropped. */
        public Builder maxDeadLetters(int newMaxDeadLetters) {
            this.maxDeadLetters = positive(newMaxDeadLetters);
            return this;
        }

        /** Sets for how long dead letters are kept. 30 days by default. */
        public Builder deadLetterAge(Duration newDeadLetterAge) {
            this.deadLetterAge = positive(newDeadLetterAge);
            return this;
        }

        /** Sets how many messages to one endpoint are sent at the same time, each of another repository. 4 by default. */
        public Builder parallel(int newParallel) {
            this.parallel = positive(newParallel);
            return this;
        }

        /**
         * Sets how many reads wait in memory to be written, by which a crash may lose them. 10,000 by default. More than
         * these are dropped.
         */
        public Builder readsBuffered(int newReadsBuffered) {
            this.readsBuffered = positive(newReadsBuffered);
            return this;
        }

        /** Sets how many reads make a message, or as many as there are after a time. 100 and one second by default. */
        public Builder readBatches(int newReadBatch, Duration newReadInterval) {
            this.readBatch = positive(newReadBatch);
            this.readInterval = positive(newReadInterval);
            return this;
        }

        /**
         * Sets after which time without a sign of life another node takes over the delivery. 30 seconds by default. The node
         * that delivers writes a small object three times in it.
         */
        public Builder lease(Duration newLease) {
            this.lease = positive(newLease);
            return this;
        }

        /**
         * Sets how often the store is asked for events of other nodes while there are none. 5 seconds by default. Events of
         * this node are delivered at once.
         */
        public Builder longestPoll(Duration newLongestPoll) {
            this.longestPoll = positive(newLongestPoll);
            return this;
        }

        /**
         * Sets after which time a node sees that another one has added or removed an endpoint; twice this time if it was not
         * started. 10 seconds by default.
         */
        public Builder endpointAge(Duration newEndpointAge) {
            this.endpointAge = positive(newEndpointAge);
            return this;
        }

        /**
         * Sets after which time an endpoint is removed, with what waits for it, that is of a configuration which no running
         * node has. A week by default, at least two hours.
         */
        public Builder forgetAfter(Duration newForgetAfter) {
            if (newForgetAfter.compareTo(Duration.ofHours(2)) < 0) {
                throw new IllegalArgumentException("It must be at least two hours: " + newForgetAfter);
            }
            this.forgetAfter = newForgetAfter;
            return this;
        }

        /**
         * Sets after which time an object of the log is set aside that cannot be read. 10 minutes by default. Until then a
         * node of a later version may take over that can. Nothing waits for it.
         */
        public Builder setAsideAfter(Duration newSetAsideAfter) {
            this.setAsideAfter = positive(newSetAsideAfter);
            return this;
        }

        /**
         * Sets whether other processes publish to the same store. By default they do, unless the store belongs to this
         * process. If they do, {@link Webhooks#publish} looks up one name before it writes, so that events of several nodes
         * are in the order of their acknowledgement whatever the clocks say. With {@code false} it saves that; then two nodes
         * must not publish.
         */
        public Builder sharedStore(boolean newSharedStore) {
            this.sharedStore = Optional.of(newSharedStore);
            return this;
        }

        /** Sets the clock that times messages and retries. That of the system by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Sets what measures leases, in nanoseconds. {@link System#nanoTime} by default. */
        public Builder nanoTime(LongSupplier newNanoTime) {
            this.nanoTime = Objects.requireNonNull(newNanoTime, "newNanoTime");
            return this;
        }

        /** Sets the random numbers of waits, from 0 to below 1. Must be thread-safe. */
        public Builder random(DoubleSupplier newRandom) {
            this.random = Objects.requireNonNull(newRandom, "newRandom");
            return this;
        }

        private static int positive(int value) {
            return (int) positive((long) value);
        }

        private static long positive(long value) {
            if (value < 1) {
                throw new IllegalArgumentException("The number must be at least 1: " + value);
            }
            return value;
        }

        private static Duration positive(Duration duration) {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException("The duration must be positive: " + duration);
            }
            return duration;
        }

        /** Returns the options. */
        public WebhookOptions build() {
            return new WebhookOptions(this);
        }
    }
}
