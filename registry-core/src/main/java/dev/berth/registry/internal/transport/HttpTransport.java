package dev.berth.registry.internal.transport;

import dev.berth.registry.internal.transport.TransportException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Performs single HTTP exchanges: without retries, redirects, authentication to a server, decompression or cookies.
 * Thread-safe.
 */
public final class HttpTransport implements AutoCloseable {
    private static final String ROUTE = "berth.route";
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final TransportOptions options;
    private final GuardedNames names = new GuardedNames();
    private final NewSockets sockets = new NewSockets();
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;
    private volatile boolean closed;

    /** Creates a transport; opens no connection. */
    public HttpTransport(TransportOptions options) {
        this.options = options;
        this.connections = ConnectionPool.create(options, names, sockets);
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setRoutePlanner((target, context) -> (HttpRoute) context.getAttribute(ROUTE))
                .setUserAgent(options.userAgent())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(options.leaseTimeout()))
                        .setResponseTimeout(Timeout.of(options.firstByteTimeout()))
                        .setRedirectsEnabled(false)
                        .setContentCompressionEnabled(false)
                        .setProtocolUpgradeEnabled(false)
                        .setExpectContinueEnabled(false)
                        .setAuthenticationEnabled(false)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableConnectionState()
                .disableAuthCaching()
                .build();
    }

    /**
     * Sends a request and waits for the head of the response.
     *
     * @return the response; the caller must close it, or read its body to the end
     * @throws TransportException if there is no response
     * @throws BodyFailedException if the source of the request's body failed
     */
    public IncomingResponse exchange(OutgoingRequest outgoing) throws TransportException, BodyFailedException {
        return exchange(outgoing, new HttpUriRequestBase(outgoing.method(), outgoing.address()));
    }

    /**
     * Sends a request, and waits for the head of the response, for a limited time in all. The caller has resolved the host.
     * The body of the response is dropped.
     *
     * @param addresses what is connected to, one after the other until one accepts; the name is not resolved again
     * @param whole the longest time for connecting, sending and waiting
     * @param discard how many bytes of a body are read at most, so that the connection can be used again
     * @return the response, whose body cannot be read
     * @throws TransportException if there is no response, or none in time
     * @throws BodyFailedException as {@link #exchange(OutgoingRequest)} does
     * @throws IllegalStateException if a proxy is set, which would resolve the name itself
     */
    public IncomingResponse exchangeHead(
            OutgoingRequest outgoing, List<InetAddress> addresses, Duration whole, int discard)
            throws TransportException, BodyFailedException {
        if (proxy(Origin.of(outgoing.address())) != null) {
            throw new IllegalStateException("A proxy would connect to another address than the one that was checked");
        }
        HttpUriRequestBase request = new HttpUriRequestBase(outgoing.method(), outgoing.address());
        Deadline deadline = Deadline.start(whole, request::cancel);
        names.pin(addresses);
        sockets.permitUntil(deadline);
        try {
            IncomingResponse response = exchange(outgoing, request);
            // Within the deadline, after which reading fails: there is the head already, and nobody misses the body.
            response.discard(discard);
            return response;
        } catch (TransportException e) {
            throw deadline.hasPassed() && !Thread.currentThread().isInterrupted()
                    ? Failures.late(Origin.of(outgoing.address()), whole, e)
                    : e;
        } finally {
            deadline.stop();
            sockets.permitAlways();
            names.unpin();
        }
    }

    private IncomingResponse exchange(OutgoingRequest outgoing, HttpUriRequestBase request)
            throws TransportException, BodyFailedException {
        Origin origin = Origin.of(outgoing.address());
        if (closed) {
            throw Failures.closed(origin, new IllegalStateException("closed"));
        }
        // A compressed body would not match its digest.
        request.setHeader("Accept-Encoding", "identity");
        for (Map.Entry<String, String> header : outgoing.headers()) {
            request.addHeader(header.getKey(), header.getValue());
        }
        outgoing.body().ifPresent(body -> request.setEntity(new Entity(body)));
        @Nullable ProxyAddress proxy = proxy(origin);
        Failures failures = new Failures(origin, proxy, options);
        HttpHost target = new HttpHost(origin.scheme(), origin.host(), origin.port());
        boolean guarded = !options.local().test(origin);
        if (guarded && LocalAddresses.containsLiteral(origin.host())) {
            throw failures.isLocal(new IllegalArgumentException(origin.host()));
        }
        // A proxy may be on this machine, and resolves the names itself.
        names.guard(guarded && proxy == null);
        try {
            HttpClientContext context = context(target, proxy);
            ClassicHttpResponse response = client.executeOpen(target, request, context);
            boolean fromHere = proxy == null && isLocal(context.getEndpointDetails());
            IncomingResponse incoming =
                    new IncomingResponse(outgoing.address(), fromHere, request, response, failures, options);
            // Without TLS, the response for an https origin is the proxy's. It must not pass for the server's.
            boolean fromProxy = origin.isSecure() && context.getSSLSession() == null;
            if (proxy != null && (fromProxy || incoming.status() == PROXY_AUTHENTICATION_REQUIRED)) {
                request.cancel();
                incoming.close();
                throw failures.byProxy(proxy, incoming.status());
            }
            return incoming;
        } catch (TransportException | BodyFailedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            request.cancel();
            @Nullable BodyFailedException bodyFailure = bodyFailure(e);
            if (bodyFailure != null) {
                throw bodyFailure;
            }
            throw closed ? Failures.closed(origin, e) : failures.beforeResponse(e);
        } finally {
            names.guard(false);
        }
    }

    private static boolean isLocal(@Nullable EndpointDetails connection) {
        return connection != null
                && connection.getRemoteAddress() instanceof InetSocketAddress peer
                && peer.getAddress() != null
                && LocalAddresses.contains(peer.getAddress());
    }

    private static @Nullable BodyFailedException bodyFailure(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof BodyFailedException found) {
                return found;
            }
        }
        return null;
    }

    private @Nullable ProxyAddress proxy(Origin origin) throws TransportException {
        try {
            Optional<ProxyAddress> proxy = options.proxies().find(origin);
            return proxy.orElse(null);
        } catch (IllegalArgumentException e) {
            throw new TransportException(Kind.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private static HttpClientContext context(HttpHost target, @Nullable ProxyAddress proxy) {
        HttpClientContext context = HttpClientContext.create();
        boolean secure = target.getSchemeName().equals("https");
        if (proxy == null) {
            context.setAttribute(ROUTE, new HttpRoute(target, null, secure));
            return context;
        }
        HttpHost proxyHost = new HttpHost("http", proxy.host(), proxy.port());
        context.setAttribute(ROUTE, new HttpRoute(target, null, proxyHost, secure));
        if (proxy.hasCredentials()) {
            // Sent preemptively: a one-shot body could not be sent again after a challenge.
            BasicScheme scheme = new BasicScheme();
            scheme.initPreemptive(new UsernamePasswordCredentials(
                    proxy.user(), proxy.password().toCharArray()));
            context.resetAuthExchange(proxyHost, scheme);
        }
        return context;
    }

    /** Returns the number of leased connections. */
    public int connectionsInUse() {
        return connections.getTotalStats().getLeased();
    }

    /** Closes all connections, including leased ones. */
    @Override
    public void close() {
        closed = true;
        client.close(CloseMode.IMMEDIATE);
    }

    /** Adapts an {@link OutgoingBody} to HttpClient. */
    private static final class Entity extends AbstractHttpEntity {
        private final OutgoingBody body;

        Entity(OutgoingBody body) {
            super((String) null, null, body.length() < 0);
            this.body = body;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public long getContentLength() {
            return body.length();
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("This body is written, not read");
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            body.writeTo(output);
            // A failing output must fail here.
            output.flush();
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public void close() {
            // The creator of the body closes its source.
        }
    }
}
