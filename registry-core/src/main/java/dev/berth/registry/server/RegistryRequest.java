package dev.berth.registry.server;

import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.http1.Http1Request;
import dev.berth.registry.server.http1.message.HttpGrammar;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request, whatever transport it came by. Used by one thread; its body can be read once.
 *
 * <p>Copies that are made with {@link #toBuilder()} belong to the same exchange: they share {@link #requestId()},
 * {@link #caller()} and what is known of the connection.
 *
 * @since 0.1
 */
public final class RegistryRequest {
    private final String method;
    private final String path;
    private final @Nullable String query;
    private final HeaderFields headers;
    private final RequestBody body;
    private final OptionalLong contentLength;
    private final ExchangeRecord exchange;

    private RegistryRequest(
            String method,
            String target,
            HeaderFields headers,
            RequestBody body,
            OptionalLong contentLength,
            ExchangeRecord exchange) {
        int mark = target.indexOf('?');
        this.method = method;
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? null : target.substring(mark + 1);
        this.headers = headers;
        this.body = body;
        this.contentLength = contentLength;
        this.exchange = exchange;
    }

    static RegistryRequest of(Http1Request request) {
        long length = request.contentLength();
        ExchangeRecord exchange = new ExchangeRecord(
                request.connection().address(),
                request.connection().secure(),
                request.protocol(),
                request.connection().certificates());
        exchange.clientGone(request.clientGone());
        return new RegistryRequest(
                request.method(),
                request.target(),
                HeaderFields.ofChecked(request.headers()),
                new RequestBody(request.body()),
                length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
                exchange);
    }

    /** Returns the method, as it was sent: {@code GET}. */
    public String method() {
        return method;
    }

    /** Returns the path, as it was sent: with its percent-escapes. */
    public String path() {
        return path;
    }

    /** Returns the query, as it was sent, or empty if there is none. */
    public Optional<String> query() {
        return Optional.ofNullable(query);
    }

    @Nullable String rawQuery() {
        return query;
    }

    /** Returns path and query, as they were sent. */
    public String target() {
        return query == null ? path : path + "?" + query;
    }

    /** Returns the header fields. */
    public HeaderFields headers() {
        return headers;
    }

    /** Returns the first value of a header field, or empty if it is absent. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /**
     * Returns the body; empty if there is none. The first read sends {@code 100 Continue} to a client that waits for it
     * (RFC 9110, section 10.1.1). Closing the stream does nothing.
     */
    public InputStream body() {
        return body;
    }

    RequestBody requestBody() {
        return body;
    }

    /** Returns the length of the body in bytes, 0 if there is none, or empty if it is unknown before it is read. */
    public OptionalLong contentLength() {
        return contentLength;
    }

    /**
     * Returns the address of the client, or empty if it is unknown. Behind {@linkplain TrustedProxies trusted proxies}
     * it is the address that they forward, with port 0 if they forward none; otherwise it is that of the connection. It
     * is known before the first filter is called.
     */
    public Optional<InetSocketAddress> remoteAddress() {
        return exchange.remoteAddress();
    }

    /** Returns the other end of the connection, which may be a proxy, or empty if there is no connection. */
    public Optional<InetSocketAddress> peerAddress() {
        return exchange.peerAddress();
    }

    /**
     * Returns whether a program of the machine that the server runs on has sent this itself, by the name or an address of that
     * machine: no proxy has passed it on. It may be a browser, with a page of anybody.
     */
    public boolean isOfThisMachine() {
        return ThisMachine.hasSent(this);
    }

    /** Returns whether the client used TLS, to this server or to a trusted proxy. */
    public boolean secure() {
        return exchange.secure();
    }

    /**
     * Returns the host, and the port if it is not the default, by which the client knows this server: the header field
     * {@code Host}, or the host that a trusted proxy states. Not validated otherwise.
     */
    public Optional<String> host() {
        String forwarded = exchange.forwardedHost();
        return forwarded == null ? headers.first(WireHeaders.HOST) : Optional.of(forwarded);
    }

    /**
     * Returns the certificates by which the client authenticated its TLS connection to this server, its own first. They
     * were verified. Empty if there are none, see {@link TlsOptions#withClientCertificates}.
     */
    public List<X509Certificate> clientCertificates() {
        return exchange.certificates();
    }

    /** Returns the version of HTTP, such as {@code HTTP/1.1}. */
    public String protocol() {
        return exchange.protocol();
    }

    /** Returns the identifier of the request for logs and events. It is unique. */
    public String requestId() {
        return exchange.requestId();
    }

    /** Returns the caller: anonymous until the {@link Authenticator} has been called. */
    public Caller caller() {
        return exchange.caller();
    }

    /**
     * Returns whether the client has hung up, so that nobody wants the response any more. To be asked before work that
     * takes long, by the thread that handles the request: it may take a millisecond. Always false if that is unknown.
     */
    public boolean isAbandoned() {
        return exchange.clientGone().getAsBoolean();
    }

    ExchangeRecord exchange() {
        return exchange;
    }

    /** Returns a builder with this request. */
    public Builder toBuilder() {
        Builder builder = new Builder(method, target(), exchange);
        headers.forEach(builder.headers::add);
        builder.body = body;
        builder.contentLength = contentLength;
        return builder;
    }

    /**
     * Returns a builder for a request that does not come through the sockets of a {@link RegistryServer}.
     *
     * @param method a method such as {@code GET}
     * @param target path and query, percent-escaped as in a request line
     */
    public static Builder builder(String method, String target) {
        return new Builder(method, target, new ExchangeRecord());
    }

    /**
     * Builds requests. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final ExchangeRecord exchange;
        private String method;
        private String target;
        private final HeaderFields.Builder headers = HeaderFields.builder();
        private RequestBody body = new RequestBody(InputStream.nullInputStream());
        private OptionalLong contentLength = OptionalLong.of(0);

        private Builder(String method, String target, ExchangeRecord exchange) {
            this.method = Objects.requireNonNull(method, "method");
            this.target = Objects.requireNonNull(target, "target");
            this.exchange = exchange;
        }

        /** Sets the method. */
        public Builder method(String newMethod) {
            this.method = Objects.requireNonNull(newMethod, "newMethod");
            return this;
        }

        /** Sets path and query, percent-escaped as in a request line. */
        public Builder target(String newTarget) {
            this.target = Objects.requireNonNull(newTarget, "newTarget");
            return this;
        }

        /** Adds a header field; fails as {@link HeaderFields.Builder#add} does. */
        public Builder header(String name, String value) {
            headers.add(name, value);
            return this;
        }

        /** Sets a header field instead of others of the same name; fails as {@link HeaderFields.Builder#add} does. */
        public Builder replaceHeader(String name, String value) {
            headers.set(name, value);
            return this;
        }

        /** Removes all header fields of this name. */
        public Builder removeHeader(String name) {
            headers.remove(name);
            return this;
        }

        /**
         * Sets the body.
         *
         * @param stream the content, which the handler reads and does not close
         * @param length in bytes, or empty if it is unknown. A stream that ends earlier must fail instead, see
         *     {@link UnreadableBodyException}: otherwise an interrupted upload would look like a complete one
         * @throws IllegalArgumentException if the length is negative
         */
        public Builder body(InputStream stream, OptionalLong length) {
            if (length.isPresent() && length.getAsLong() < 0) {
                throw new IllegalArgumentException("The length of a body cannot be negative: " + length.getAsLong()
                        + "; a length that is not known is empty");
            }
            this.body = new RequestBody(Objects.requireNonNull(stream, "stream"));
            this.contentLength = length;
            return this;
        }

        /** Sets the other end of the connection: the client, or a proxy. */
        public Builder remoteAddress(InetSocketAddress address) {
            exchange.peerAddress(Objects.requireNonNull(address, "address"));
            return this;
        }

        /**
         * Sets how to find out the other end of the connection. It is asked once at most, by the thread that serves the request,
         * and only if somebody wants to know.
         *
         * @param address returns it, or nothing if it has none, as that of a UNIX socket
         */
        public Builder remoteAddress(Supplier<Optional<InetSocketAddress>> address) {
            exchange.peerAddress(Objects.requireNonNull(address, "address"));
            return this;
        }

        /** Sets the verified certificates of the client, its own first. */
        public Builder clientCertificates(List<X509Certificate> certificates) {
            exchange.certificates(certificates);
            return this;
        }

        /** Sets how to find out whether the client has hung up: {@link RegistryRequest#isAbandoned()}. */
        public Builder abandoned(BooleanSupplier clientGone) {
            exchange.clientGone(Objects.requireNonNull(clientGone, "clientGone"));
            return this;
        }

        /** Sets the version of HTTP, such as {@code HTTP/2.0}. It is HTTP/1.1 if it is not set. */
        public Builder protocol(String newProtocol) {
            exchange.protocol(Objects.requireNonNull(newProtocol, "newProtocol"));
            return this;
        }

        /** Sets whether the request came over TLS. */
        public Builder secure(boolean newSecure) {
            exchange.secure(newSecure);
            return this;
        }

        /**
         * Returns the request.
         *
         * @throws IllegalArgumentException if the method is not a token, or the target does not begin with a slash
         */
        public RegistryRequest build() {
            if (!HttpGrammar.isToken(method)) {
                throw new IllegalArgumentException("This is not a method: '" + method + "'");
            }
            if (!target.startsWith("/")) {
                throw new IllegalArgumentException("The target of a request begins with a slash: '" + target + "'");
            }
            return new RegistryRequest(method, target, headers.build(), body, contentLength, exchange);
        }
    }
}
