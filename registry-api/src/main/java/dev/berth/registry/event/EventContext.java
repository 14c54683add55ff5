package dev.berth.registry.event;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances of an event: who acted, in which request, from which address, and in which process. Immutable.
 *
 * <p>Code that handles requests keeps a context with the common properties, and derives one for each request with
 * {@link #toBuilder()}.
 *
 * @since 0.1
 */
public final class EventContext {
    private static final EventContext NONE = builder().build();

    private final String actor;
    private final @Nullable String requestId;
    private final @Nullable String address;
    private final @Nullable String host;
    private final @Nullable String method;
    private final @Nullable String userAgent;
    private final boolean secure;
    private final String instance;

    private EventContext(Builder builder) {
        this.actor = builder.actor;
        this.requestId = builder.requestId;
        this.address = builder.address;
        this.host = builder.host;
        this.method = builder.method;
        this.userAgent = builder.userAgent;
        this.secure = builder.secure;
        this.instance = builder.instance;
    }

    /** Returns the context of an anonymous caller of whom nothing else is known. */
    public static EventContext none() {
        return NONE;
    }

    /**
     * Returns a context in which only the actor is known.
     *
     * @param actor the name of the caller, empty for an anonymous one
     */
    public static EventContext ofActor(String actor) {
        return builder().actor(actor).build();
    }

    /** Returns a builder of a context of which nothing is known yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with this context. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.actor = actor;
        builder.requestId = requestId;
        builder.address = address;
        builder.host = host;
        builder.method = method;
        builder.userAgent = userAgent;
        builder.secure = secure;
        builder.instance = instance;
        return builder;
    }

    /** Returns the name of the caller, for people to read; empty for an anonymous caller. */
    public String actor() {
        return actor;
    }

    /** Returns the id of the request, or empty if the call was not made by a request. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /**
     * Returns the address of the client, or empty if it is unknown: an IP address, with a port where that is known,
     * such as {@code 192.0.2.1:50123}, {@code 192.0.2.1}, {@code [2001:db8::1]:50123} or {@code 2001:db8::1}.
     */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /**
     * Returns the host by which the client addressed the registry, with the port if the client stated one, such as
     * {@code registry.example:5000}; or empty if it is unknown. It is what the client claims, and not verified.
     */
    public Optional<String> host() {
        return Optional.ofNullable(host);
    }

    /** Returns the HTTP method of the request, such as {@code PUT}, or empty if the call was not made by a request. */
    public Optional<String> method() {
        return Optional.ofNullable(method);
    }

    /** Returns what the client says that it is: the header field {@code User-Agent}; or empty if it does not say. */
    public Optional<String> userAgent() {
        return Optional.ofNullable(userAgent);
    }

    /** Returns whether the client used TLS, to the registry or to a proxy that it trusts. */
    public boolean secure() {
        return secure;
    }

    /** Returns the name of the process that runs the registry, as its operator gave it; empty if there is none. */
    public String instance() {
        return instance;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventContext that
                && actor.equals(that.actor)
                && Objects.equals(requestId, that.requestId)
                && Objects.equals(address, that.address)
                && Objects.equals(host, that.host)
                && Objects.equals(method, that.method)
                && Objects.equals(userAgent, that.userAgent)
                && secure == that.secure
                && instance.equals(that.instance);
    }

    @Override
    public int hashCode() {
        return Objects.hash(actor, requestId, address, host, method, userAgent, secure, instance);
    }

    @Override
    public String toString() {
        return (actor.isEmpty() ? "anonymous" : actor)
                + (address == null ? "" : " from " + address)
                + (requestId == null ? "" : ", request " + requestId)
                + (instance.isEmpty() ? "" : ", instance " + instance);
    }

    /**
     * Builds a context. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private String actor = "";
        private @Nullable String requestId;
        private @Nullable String address;
        private @Nullable String host;
        private @Nullable String method;
        private @Nullable String userAgent;
        private boolean secure;
        private String instance = "";

        private Builder() {}

        /** Sets the name of the caller; empty, the default, for an anonymous one. */
        public Builder actor(String newActor) {
            this.actor = Objects.requireNonNull(newActor, "newActor");
            return this;
        }

        /** Sets the id of the request. Default: none. */
        public Builder requestId(String newRequestId) {
            this.requestId = Objects.requireNonNull(newRequestId, "newRequestId");
            return this;
        }

        /** Sets the address of the client, in the form that {@link EventContext#address()} returns. Default: none. */
        public Builder address(String newAddress) {
            this.address = Objects.requireNonNull(newAddress, "newAddress");
            return this;
        }

        /** Sets the address of the client. A port of 0 counts as unknown. */
        public Builder address(InetSocketAddress newAddress) {
            InetAddress ip = newAddress.getAddress();
            String host = ip == null ? newAddress.getHostString() : ip.getHostAddress();
            int port = newAddress.getPort();
            if (port == 0) {
                return address(host);
            }
            return address((host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        }

        /** Sets the host by which the client addressed the registry, with its port if it stated one. Default: none. */
        public Builder host(String newHost) {
            this.host = Objects.requireNonNull(newHost, "newHost");
            return this;
        }

        /** Sets the HTTP method of the request. Default: none. */
        public Builder method(String newMethod) {
            this.method = Objects.requireNonNull(newMethod, "newMethod");
            return this;
        }

        /** Sets what the client says that it is. Default: none. */
        public Builder userAgent(String newUserAgent) {
            this.userAgent = Objects.requireNonNull(newUserAgent, "newUserAgent");
            return this;
        }

        /** Sets whether the client used TLS. Default: false. */
        public Builder secure(boolean newSecure) {
            this.secure = newSecure;
            return this;
        }

        /** Sets the name of the process that runs the registry. Default: empty. */
        public Builder instance(String newInstance) {
            this.instance = Objects.requireNonNull(newInstance, "newInstance");
            return this;
        }

        /** Returns the context. */
        public EventContext build() {
            return new EventContext(this);
        }
    }
}
