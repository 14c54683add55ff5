package dev.berth.registry.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request and its outcome, for logs and metrics. Made by the server only. Immutable.
 *
 * @since 0.1
 */
public final class ServerExchange {
    private final String requestId;
    private final Instant startedAt;
    private final Duration duration;
    private final @Nullable InetSocketAddress remoteAddress;
    private final String protocol;
    private final String method;
    private final String target;
    private final String route;
    private final String repository;
    private final Caller caller;
    private final @Nullable String referrer;
    private final @Nullable String userAgent;
    private final int status;
    private final long bytesIn;
    private final long bytesOut;
    private final boolean complete;

    private ServerExchange(Builder builder) {
        this.requestId = builder.requestId;
        this.startedAt = builder.startedAt;
        this.duration = builder.duration;
        this.remoteAddress = builder.remoteAddress;
        this.protocol = builder.protocol;
        this.method = builder.method;
        this.target = builder.target;
        this.route = builder.route;
        this.repository = builder.repository;
        this.caller = builder.caller;
        this.referrer = builder.referrer;
        this.userAgent = builder.userAgent;
        this.status = builder.status;
        this.bytesIn = builder.bytesIn;
        this.bytesOut = builder.bytesOut;
        this.complete = builder.complete;
    }

    /** Returns the identifier of the request, see {@link RegistryRequest#requestId()}. */
    public String requestId() {
        return requestId;
    }

    /** Returns when the header of the request was complete. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Returns the time from then until the response was sent, or could not be sent. */
    public Duration duration() {
        return duration;
    }

    /** Returns the address of the client, see {@link RegistryRequest#remoteAddress()}. */
    public Optional<InetSocketAddress> remoteAddress() {
        return Optional.ofNullable(remoteAddress);
    }

    /** Returns the version of HTTP, such as {@code HTTP/1.1}; empty if the request could not be read so far. */
    public String protocol() {
        return protocol;
    }

    /** Returns the method; empty if the request could not be read. */
    public String method() {
        return method;
    }

    /** Returns path and query, as they were sent; empty if the request could not be read. */
    public String target() {
        return target;
    }

    /**
     * Returns the path with its variables in angle brackets, such as {@code /v2/<name>/blobs/<digest>}; empty if there
     * is nothing at this address. The number of different routes is small.
     */
    public String route() {
        return route;
    }

    /** Returns the name of the repository as it was sent; empty if the path has none. */
    public String repository() {
        return repository;
    }

    /** Returns who made the request. */
    public Caller caller() {
        return caller;
    }

    /** Returns the header field {@code Referer}. */
    public Optional<String> referrer() {
        return Optional.ofNullable(referrer);
    }

    /** Returns the header field {@code User-Agent}. */
    public Optional<String> userAgent() {
        return Optional.ofNullable(userAgent);
    }

    /** Returns the status of the response; 0 if there was none. */
    public int status() {
        return status;
    }

    /** Returns how many bytes of the request's body were read. */
    public long bytesIn() {
        return bytesIn;
    }

    /** Returns how many bytes of the response's body were sent. */
    public long bytesOut() {
        return bytesOut;
    }

    /** Returns whether the whole response was sent. */
    public boolean complete() {
        return complete;
    }

    /** Returns a text for logs, without the query, which may hold secrets. */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return requestId + " " + method + " " + (query < 0 ? target : target.substring(0, query)) + " " + status;
    }

    /** A builder of exchanges. Properties that are not set are unknown. */
    static final class Builder {
        private final String requestId;
        private final Instant startedAt;
        private Duration duration = Duration.ZERO;
        private @Nullable InetSocketAddress remoteAddress;
        private String protocol = "";
        private String method = "";
        private String target = "";
        private String route = "";
        private String repository = "";
        private Caller caller = Caller.anonymous();
        private @Nullable String referrer;
        private @Nullable String userAgent;
        private int status;
        private long bytesIn;
        private long bytesOut;
        private boolean complete;

        Builder(String requestId, Instant startedAt) {
            this.requestId = requestId;
            this.startedAt = startedAt;
        }

        /** Copies the properties of a request and what is known about its exchange so far. */
        Builder request(RegistryRequest request) {
            remoteAddress = request.remoteAddress().orElse(null);
            protocol = request.protocol();
            method = request.method();
            target = request.target();
            route = request.exchange().route();
            repository = request.exchange().repository();
            caller = request.caller();
            referrer = request.header("Referer").orElse(null);
            userAgent = request.header("User-Agent").orElse(null);
            bytesIn = request.requestBody().count();
            return this;
        }

        Builder remoteAddress(InetSocketAddress address) {
            this.remoteAddress = Objects.requireNonNull(address, "address");
            return this;
        }

        Builder protocol(String newProtocol) {
            this.protocol = newProtocol;
            return this;
        }

        /** Sets how the exchange ended. */
        Builder outcome(Duration newDuration, int newStatus, long newBytesOut, boolean newComplete) {
            this.duration = newDuration;
            this.status = newStatus;
            this.bytesOut = newBytesOut;
            this.complete = newComplete;
            return this;
        }

        ServerExchange build() {
            return new ServerExchange(this);
        }
    }
}
