package dev.berth.registry.server;

import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.server.http1.Http1Limits;
import java.time.Duration;
import java.util.Objects;

/**
 * Limits on the resources that clients use. Immutable.
 *
 * <p>The defaults are 32 KiB and 100 header fields within 20 seconds, 75 seconds for an idle connection, at least 1 KiB
 * per second with 30 seconds of grace, 2,048 connections, three quarters of which may send bodies if the heap allows,
 * any number of them from one address, manifests of 4 MiB, and a quarter of the heap for manifests in flight.
 *
 * @since 0.1
 */
public final class ServerLimits {
    private static final long SMALLEST_MEMORY = 1024 * 1024;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int HEAP_PER_REQUEST_BODY = 256 * 1024;
    private static final ServerLimits DEFAULTS = new ServerLimits(new Builder());

    private final int maxHeaderBytes;
    private final int maxHeaderCount;
    private final Duration headerTimeout;
    private final Duration idleTimeout;
    private final int minBytesPerSecond;
    private final Duration slowTransferGrace;
    private final int maxConnections;
    private final int maxConnectionsPerAddress;
    /** Zero if it follows from other limits. */
    private final int maxRequestBodies;

    private final int maxManifestBytes;
    private final long manifestMemory;

    private ServerLimits(Builder builder) {
        this.maxHeaderBytes = builder.maxHeaderBytes;
        this.maxHeaderCount = builder.maxHeaderCount;
        this.headerTimeout = builder.headerTimeout;
        this.idleTimeout = builder.idleTimeout;
        this.minBytesPerSecond = builder.minBytesPerSecond;
        this.slowTransferGrace = builder.slowTransferGrace;
        this.maxConnections = builder.maxConnections;
        this.maxConnectionsPerAddress = builder.maxConnectionsPerAddress;
        this.maxRequestBodies = builder.maxRequestBodies;
        this.maxManifestBytes = builder.maxManifestBytes;
        this.manifestMemory = builder.manifestMemory;
    }

    /** Returns the size of request line and header fields together, in bytes; up to 4 KiB more may be read ahead. */
    public int maxHeaderBytes() {
        return maxHeaderBytes;
    }

    /** Returns the number of header fields. */
    public int maxHeaderCount() {
        return maxHeaderCount;
    }

    /** Returns the time that a client has for request line and header fields, and before them for the TLS handshake. */
    public Duration headerTimeout() {
        return headerTimeout;
    }

    /** Returns how long a connection may wait for its next request. */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /**
     * Returns the minimum rate at which a client sends or takes a body, in bytes per second; measured only while the
     * server waits for the client.
     */
    public int minBytesPerSecond() {
        return minBytesPerSecond;
    }

    /** Returns how long the server waits in total for a client below the minimum rate before it disconnects. */
    public Duration slowTransferGrace() {
        return slowTransferGrace;
    }

    /**
     * Returns the number of connections at the same time. For a further one, the connection is closed that has waited
     * longest for a request; if none waits, the new client gets 503.
     */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * Returns the number of connections at the same time that come from one address, or from one network of 64 bits in
     * IPv6. For a further one, a waiting connection of the same address is closed; if none waits, the client gets 503.
     * What counts is the other end of the connection, so all clients behind a proxy or a NAT count as one, also behind
     * {@linkplain TrustedProxies trusted proxies}.
     */
    public int maxConnectionsPerAddress() {
        return maxConnectionsPerAddress;
    }

    /**
     * Returns the number of requests with a body (uploads, manifests) that are received at the same time; further ones
     * get 503 before their body is read, so that slow uploads leave threads and memory for pulls. Without a setting, it
     * is three quarters of the connections, but at most what the heap has 256 KiB for each: 512 for a heap of 128 MiB.
     */
    public int maxRequestBodies() {
        if (maxRequestBodies > 0) {
            return maxRequestBodies;
        }
        long connections = Math.max(1, maxConnections - (maxConnections + 3L) / 4);
        long buffers = Math.max(1, Runtime.getRuntime().maxMemory() / HEAP_PER_REQUEST_BODY);
        return (int) Math.min(connections, buffers);
    }

    /** Returns the size of a manifest that is pushed, in bytes. */
    public int maxManifestBytes() {
        return maxManifestBytes;
    }

    /**
     * Returns how much memory manifests and pages of referrers may need at the same time while they are received or sent,
     * in bytes. A request beyond it waits for two seconds at most, and gets 503 then.
     */
    public long manifestMemory() {
        return manifestMemory;
    }

    Http1Limits forHttp1() {
        return new Http1Limits(
                maxHeaderBytes,
                maxHeaderCount,
                headerTimeout,
                idleTimeout,
                minBytesPerSecond,
                slowTransferGrace,
                maxConnections,
                maxConnectionsPerAddress);
    }

    /** Returns the defaults. */
    public static ServerLimits defaults() {
        return DEFAULTS;
    }

    /** Returns a builder with these limits. */
    public Builder toBuilder() {
        Builder builder = new Builder()
                .maxHeaderBytes(maxHeaderBytes)
                .maxHeaderCount(maxHeaderCount)
                .headerTimeout(headerTimeout)
                .idleTimeout(idleTimeout)
                .minBytesPerSecond(minBytesPerSecond)
                .slowTransferGrace(slowTransferGrace)
                .maxConnections(maxConnections)
                .maxConnectionsPerAddress(maxConnectionsPerAddress)
                .maxManifestBytes(maxManifestBytes)
                .manifestMemory(manifestMemory);
        builder.maxRequestBodies = maxRequestBodies;
        return builder;
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Builds limits. Each method fails with {@link IllegalArgumentException} for a value with which a server cannot
     * work. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private int maxHeaderBytes = 32 * 1024;
        private int maxHeaderCount = 100;
        private Duration headerTimeout = Duration.ofSeconds(20);
        private Duration idleTimeout = Duration.ofSeconds(75);
        private int minBytesPerSecond = 1024;
        private Duration slowTransferGrace = Duration.ofSeconds(30);
        private int maxConnections = 2048;
        private int maxConnectionsPerAddress = Integer.MAX_VALUE;
        private int maxRequestBodies;
        private int maxManifestBytes = 4 * 1024 * 1024;
        private long manifestMemory = Math.max(SMALLEST_MEMORY, MemoryBudget.shareOfHeap(4));

        private Builder() {}

        /** Sets {@link ServerLimits#maxHeaderBytes()}: 1 KiB to 16 MiB. */
        public Builder maxHeaderBytes(int bytes) {
            this.maxHeaderBytes = requireBetween("maxHeaderBytes", bytes, 1024, 16 * 1024 * 1024);
            return this;
        }

        /** Sets {@link ServerLimits#maxHeaderCount()}: 1 to 10,000. */
        public Builder maxHeaderCount(int count) {
            this.maxHeaderCount = requireBetween("maxHeaderCount", count, 1, 10_000);
            return this;
        }

        /** Sets {@link ServerLimits#headerTimeout()}: more than zero, at most a day. */
        public Builder headerTimeout(Duration timeout) {
            this.headerTimeout = requirePositive("headerTimeout", timeout);
            return this;
        }

        /** Sets {@link ServerLimits#idleTimeout()}: more than zero, at most a day. */
        public Builder idleTimeout(Duration timeout) {
            this.idleTimeout = requirePositive("idleTimeout", timeout);
            return this;
        }

        /** Sets {@link ServerLimits#minBytesPerSecond()}: 1 or more. */
        public Builder minBytesPerSecond(int bytes) {
            this.minBytesPerSecond = requireBetween("minBytesPerSecond", bytes, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets {@link ServerLimits#slowTransferGrace()}: more than zero, at most a day. */
        public Builder slowTransferGrace(Duration grace) {
            this.slowTransferGrace = requirePositive("slowTransferGrace", grace);
            return this;
        }

        /** Sets {@link ServerLimits#maxConnections()}: 1 or more. */
        public Builder maxConnections(int count) {
            this.maxConnections = requireBetween("maxConnections", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets {@link ServerLimits#maxConnectionsPerAddress()}: 1 or more. There is no limit without it. */
        public Builder maxConnectionsPerAddress(int count) {
            this.maxConnectionsPerAddress = requireBetween("maxConnectionsPerAddress", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets {@link ServerLimits#maxRequestBodies()}: 1 or more. */
        public Builder maxRequestBodies(int count) {
            this.maxRequestBodies = requireBetween("maxRequestBodies", count, 1, Integer.MAX_VALUE);
            return this;
        }

        /** Sets {@link ServerLimits#maxManifestBytes()}: 1 byte to 64 MiB. */
        public Builder maxManifestBytes(int bytes) {
            this.maxManifestBytes = requireBetween("maxManifestBytes", bytes, 1, 64 * 1024 * 1024);
            return this;
        }

        /** Sets {@link ServerLimits#manifestMemory()}: 1 MiB or more; a quarter of the heap without it. */
        public Builder manifestMemory(long bytes) {
            if (bytes < SMALLEST_MEMORY) {
                throw new IllegalArgumentException(
                        "manifestMemory must be at least " + SMALLEST_MEMORY + ", not " + bytes);
            }
            this.manifestMemory = bytes;
            return this;
        }

        /** Returns the limits. */
        public ServerLimits build() {
            return new ServerLimits(this);
        }

        private static int requireBetween(String name, int value, int smallest, int largest) {
            if (value < smallest || value > largest) {
                throw new IllegalArgumentException(
                        name + " must be from " + smallest + " to " + largest + ", not " + value);
            }
            return value;
        }

        private static Duration requirePositive(String name, Duration value) {
            Objects.requireNonNull(value, name);
            if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        name + " must be more than zero and at most " + LONGEST + ", not " + value);
            }
            return value;
        }
    }
}
