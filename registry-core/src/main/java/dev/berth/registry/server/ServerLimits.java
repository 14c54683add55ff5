package dev.berth.registry.server;

import java.time.Duration;

/**
 * What strangers may cost a server. Immutable.
 *
 * @param maxHeaderBytes the size of request line and headers together, in bytes, give or take 8 KiB that are read ahead
 * @param maxHeaderCount the number of header fields
 * @param headerTimeout how long a client may take for request line and headers, and before them for the TLS handshake
 * @param idleTimeout how long a connection is kept that waits for its next request
 * @param minBytesPerSecond how slow a client may send or take a body, measured only while the server waits for it
 * @param slowTransferGrace for how much waiting a client may be slower than that, before it is disconnected
 * @param maxConnections how many connections are served at the same time; more are answered with 503
 * @param maxManifestBytes the size of a manifest that is pushed, in bytes
 */
public record ServerLimits(
        int maxHeaderBytes,
        int maxHeaderCount,
        Duration headerTimeout,
        Duration idleTimeout,
        int minBytesPerSecond,
        Duration slowTransferGrace,
        int maxConnections,
        int maxManifestBytes) {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int SMALLEST_HEADER = 1024;
    private static final int LARGEST_MANIFEST = 64 * 1024 * 1024;
    private static final ServerLimits DEFAULTS = new ServerLimits(
            32 * 1024,
            100,
            Duration.ofSeconds(20),
            Duration.ofSeconds(75),
            1024,
            Duration.ofSeconds(30),
            2048,
            4 * 1024 * 1024);

    /** Checks that every limit is one that a server can work with. */
    public ServerLimits {
        requireBetween("maxHeaderBytes", maxHeaderBytes, SMALLEST_HEADER, 16 * 1024 * 1024);
        requireBetween("maxHeaderCount", maxHeaderCount, 1, 10_000);
        requirePositive("headerTimeout", headerTimeout);
        requirePositive("idleTimeout", idleTimeout);
        requireBetween("minBytesPerSecond", minBytesPerSecond, 1, Integer.MAX_VALUE);
        requirePositive("slowTransferGrace", slowTransferGrace);
        requireBetween("maxConnections", maxConnections, 1, Integer.MAX_VALUE);
        requireBetween("maxManifestBytes", maxManifestBytes, 1, LARGEST_MANIFEST);
    }

    private static void requireBetween(String name, int value, int smallest, int largest) {
        if (value < smallest || value > largest) {
            throw new IllegalArgumentException(
                    name + " must be from " + smallest + " to " + largest + ", not " + value);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " must be more than nothing and at most " + LONGEST + ", not " + value);
        }
    }

    /**
     * Returns the limits that hold if none are set: 32 KiB and 100 fields of header in 20 seconds, connections that
     * idle for 75 seconds, at least 1 KiB per second with 30 seconds of grace, 2,048 connections, manifests of 4 MiB.
     */
    public static ServerLimits defaults() {
        return DEFAULTS;
    }

    /** Begins with these limits. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /** Puts limits together; what is not set stays. Not thread-safe. */
    public static final class Builder {
        private int maxHeaderBytes;
        private int maxHeaderCount;
        private Duration headerTimeout;
        private Duration idleTimeout;
        private int minBytesPerSecond;
        private Duration slowTransferGrace;
        private int maxConnections;
        private int maxManifestBytes;

        private Builder(ServerLimits limits) {
            this.maxHeaderBytes = limits.maxHeaderBytes;
            this.maxHeaderCount = limits.maxHeaderCount;
            this.headerTimeout = limits.headerTimeout;
            this.idleTimeout = limits.idleTimeout;
            this.minBytesPerSecond = limits.minBytesPerSecond;
            this.slowTransferGrace = limits.slowTransferGrace;
            this.maxConnections = limits.maxConnections;
            this.maxManifestBytes = limits.maxManifestBytes;
        }

        /** Sets {@link ServerLimits#maxHeaderBytes()}. */
        public Builder maxHeaderBytes(int bytes) {
            this.maxHeaderBytes = bytes;
            return this;
        }

        /** Sets {@link ServerLimits#maxHeaderCount()}. */
        public Builder maxHeaderCount(int count) {
            this.maxHeaderCount = count;
            return this;
        }

        /** Sets {@link ServerLimits#headerTimeout()}. */
        public Builder headerTimeout(Duration timeout) {
            this.headerTimeout = timeout;
            return this;
        }

        /** Sets {@link ServerLimits#idleTimeout()}. */
        public Builder idleTimeout(Duration timeout) {
            this.idleTimeout = timeout;
            return this;
        }

        /** Sets {@link ServerLimits#minBytesPerSecond()}. */
        public Builder minBytesPerSecond(int bytes) {
            this.minBytesPerSecond = bytes;
            return this;
        }

        /** Sets {@link ServerLimits#slowTransferGrace()}. */
        public Builder slowTransferGrace(Duration grace) {
            this.slowTransferGrace = grace;
            return this;
        }

        /** Sets {@link ServerLimits#maxConnections()}. */
        public Builder maxConnections(int count) {
            this.maxConnections = count;
            return this;
        }

        /** Sets {@link ServerLimits#maxManifestBytes()}. */
        public Builder maxManifestBytes(int bytes) {
            this.maxManifestBytes = bytes;
            return this;
        }

        /**
         * Returns the limits.
         *
         * @throws IllegalArgumentException if one of them is no limit that a server can work with
         */
        public ServerLimits build() {
            return new ServerLimits(
                    maxHeaderBytes,
                    maxHeaderCount,
                    headerTimeout,
                    idleTimeout,
                    minBytesPerSecond,
                    slowTransferGrace,
                    maxConnections,
                    maxManifestBytes);
        }
    }
}
