package dev.berth.registry.server;

import dev.berth.registry.Registry;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.server.http1.Http1Settings;
import dev.berth.registry.server.http1.Listener;
import dev.berth.registry.server.resources.ResourceHandlers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves any {@link Registry} over HTTP/1.1: the OCI Distribution Specification 1.1, and the extensions of
 * {@code registry:2} that clients use.
 *
 * <pre>{@code
 * try (RegistryServer server = RegistryServer.builder(registry).listen("127.0.0.1", 5000).build().start()) {
 *     System.out.println(server.uri());
 *     …
 * }
 * }</pre>
 *
 * <p>Idle connections share a few threads, see {@link ConnectionThreads}. Bodies are streamed. A server can be started once; it does not close the
 * registry. {@link #handler()} is the server without a socket. Thread-safe.
 *
 * @since 0.1
 */
public final class RegistryServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final InetSocketAddress address;
    private final RegistryHandler handler;
    private final Http1Settings setup;
    private final @Nullable Executor givenExecutor;
    private final ConnectionThreads threads;
    private final boolean openToAll;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Listener listener;
    private volatile boolean stopping;
    private boolean ended;
    private @Nullable ExecutorService ownExecutor;

    private RegistryServer(Builder builder) {
        this.address = builder.address;
        Observers observers = new Observers(builder.observers, builder.clock);
        ServerErrors errors = new ServerErrors(builder.fatalErrors);
        this.handler = handler(builder, observers, errors);
        TlsOptions tls = builder.tls;
        this.setup = new Http1Settings(
                new Http1Adapter(handler, observers, errors),
                builder.limits.forHttp1(),
                tls == null ? null : tls::accept,
                builder.clock,
                () -> stopping);
        this.givenExecutor = builder.executor;
        this.threads = builder.threads;
        this.openToAll = builder.authenticator instanceof NoAuthentication;
    }

    private static RegistryHandler handler(Builder builder, Observers observers, ServerErrors errors) {
        Gatekeeper gatekeeper = new Gatekeeper(builder.authenticator);
        RegistryHandler api = new ApiHandler(
                gatekeeper,
                builder.resolver,
                ResourceHandlers.of(
                        builder.limits.maxManifestBytes(),
                        new MemoryBudget(builder.limits.manifestMemory()),
                        builder.directDownload));
        RegistryHandler chain = new FailureBoundary(new Routes(api, routes(builder, gatekeeper)), errors);
        for (int i = builder.filters.size() - 1; i >= 0; i--) {
            ServerFilter filter = builder.filters.get(i);
            RegistryHandler next = chain;
            chain = new FailureBoundary(request -> filter.filter(request, next), errors);
        }
        RegistryHandler limited = new RequestBodyLimit(chain, builder.limits.maxRequestBodies());
        RegistryHandler observed = observers.isEmpty()
                ? limited
                : new ObservedHandler(limited, observers, builder.clock, System::nanoTime);
        TrustedProxies proxies = builder.trustedProxies;
        return proxies.isEmpty()
                ? observed
                : request -> {
                    proxies.apply(request);
                    return observed.handle(request);
                };
    }

    private static Map<String, RegistryHandler> routes(Builder builder, Gatekeeper gatekeeper) {
        Map<String, RegistryHandler> routes = new LinkedHashMap<>(builder.routes);
        if (!builder.authenticatedRoutes.isEmpty() && builder.authenticator instanceof NoAuthentication) {
            throw new IllegalStateException(
                    "The routes " + builder.authenticatedRoutes + " require authentication; set an authenticator");
        }
        for (String path : builder.authenticatedRoutes) {
            routes.computeIfPresent(path, (same, handler) -> new AuthenticatedRoute(gatekeeper, path, handler));
        }
        return routes;
    }

    /** Returns the whole server as a handler: filters, authentication, routes and the registry, but no socket. */
    public RegistryHandler handler() {
        return handler;
    }

    /**
     * Opens the socket and starts to serve. Clients can connect when this method returns.
     *
     * @return this server
     * @throws IOException if the address is in use or is not one of this machine
     * @throws IllegalStateException if it was started before
     */
    public RegistryServer start() throws IOException {
        lock.lock();
        try {
            if (listener != null || stopping) {
                throw new IllegalStateException("A server can be started only once");
            }
            ServerWarmUp.run();
            Executor executor = givenExecutor;
            if (executor == null) {
                ownExecutor = threads.newExecutor();
                executor = ownExecutor;
            }
            boolean polled = givenExecutor == null && threads == ConnectionThreads.PLATFORM && !setup.secure();
            Listener opened =
                    polled ? Listener.polled(address, setup, executor) : Listener.threaded(address, setup, executor);
            listener = opened;
            if (openToAll) {
                openAccessWarning(opened.address()).ifPresent(log::warn);
            }
            return this;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the warning for a server without an authenticator, or empty if it is reachable from this machine only.
     */
    static Optional<String> openAccessWarning(InetSocketAddress address) {
        return address.getAddress().isLoopbackAddress()
                ? Optional.empty()
                : Optional.of("The server has no authenticator: everyone who reaches " + address
                        + " may push and delete. Set an authenticator, or listen on a loopback address");
    }

    /**
     * Returns the address on which the server listens, with the port that it got.
     *
     * @throws IllegalStateException if it was not started
     */
    public InetSocketAddress address() {
        Listener started = listener;
        if (started == null) {
            throw new IllegalStateException("The server was not started");
        }
        return started.address();
    }

    /**
     * Returns the address for clients on this machine, as {@code http://127.0.0.1:5000/}.
     *
     * @throws IllegalStateException if the server was not started
     */
    public URI uri() {
        InetAddress host = address().getAddress();
        String name = host.isAnyLocalAddress() ? "localhost" : host.getHostAddress();
        String authority = name.indexOf(':') >= 0 ? "[" + name + "]" : name;
        return URI.create((setup.secure() ? "https://" : "http://") + authority + ":"
                + address().getPort() + "/");
    }

    /**
     * Stops the server: it accepts no more connections, closes those that wait for a request, lets requests that are
     * being served finish, and aborts those that do not finish in time. Returns at once if the server does not run.
     *
     * @param grace how long requests may take to finish
     * @return whether all requests finished in time. An interrupt counts as the end of the time
     */
    public boolean stop(Duration grace) {
        Objects.requireNonNull(grace, "grace");
        lock.lock();
        try {
            stopping = true;
            Listener started = listener;
            ExecutorService executor = ownExecutor;
            if (started == null || ended) {
                return true;
            }
            ended = true;
            try {
                return started.stop(grace);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                if (executor != null) {
                    executor.shutdown();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops with five seconds for requests in progress. Idempotent. */
    @Override
    public void close() {
        stop(CLOSING);
    }

    /** Returns a builder for a server of one registry. */
    public static Builder builder(Registry registry) {
        return new Builder(RegistryResolver.fixed(Objects.requireNonNull(registry, "registry")));
    }

    /** Returns a builder for a server of the registries that a resolver finds. */
    public static Builder builder(RegistryResolver resolver) {
        return new Builder(Objects.requireNonNull(resolver, "resolver"));
    }

    /**
     * Builds servers. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final RegistryResolver resolver;
        private final Map<String, RegistryHandler> routes = new LinkedHashMap<>();
        private final Set<String> authenticatedRoutes = new LinkedHashSet<>();
        private final List<ServerFilter> filters = new ArrayList<>();
        private final List<ServerObserver> observers = new ArrayList<>();
        private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private Authenticator authenticator = Authenticator.none();
        private TrustedProxies trustedProxies = TrustedProxies.none();
        private DirectDownload directDownload = DirectDownload.never();
        private ServerLimits limits = ServerLimits.defaults();
        private ConnectionThreads threads = ConnectionThreads.PLATFORM;
        private InstantSource clock = InstantSource.system();
        private Consumer<? super Error> fatalErrors = error -> {};
        private @Nullable TlsOptions tls;
        private @Nullable Executor executor;

        private Builder(RegistryResolver resolver) {
            this.resolver = resolver;
        }

        /**
         * Sets where to listen. Without it, the server listens on the loopback address and a port that is free.
         *
         * @param host a name or address of this machine
         * @param port 0 for one that is free
         */
        public Builder listen(String host, int port) {
            return listen(new InetSocketAddress(host, port));
        }

        /** Sets where to listen. */
        public Builder listen(InetSocketAddress newAddress) {
            this.address = Objects.requireNonNull(newAddress, "newAddress");
            return this;
        }

        /** Serves HTTPS instead of HTTP. */
        public Builder tls(TlsOptions options) {
            this.tls = Objects.requireNonNull(options, "options");
            return this;
        }

        /** Sets how callers are authenticated. Default: every caller is anonymous. */
        public Builder authenticator(Authenticator newAuthenticator) {
            this.authenticator = Objects.requireNonNull(newAuthenticator, "newAuthenticator");
            return this;
        }

        /** Sets the reverse proxies whose header fields state the client's address, scheme and host. */
        public Builder trustedProxies(TrustedProxies proxies) {
            this.trustedProxies = Objects.requireNonNull(proxies, "proxies");
            return this;
        }

        /**
         * Sets the reverse proxies whose {@code X-Forwarded} fields state the client's address, scheme and host, as
         * {@link TrustedProxies#of} does.
         *
         * @throws IllegalArgumentException if a value is neither an address nor a range of addresses
         */
        public Builder trustedProxies(String... networks) {
            return trustedProxies(TrustedProxies.of(networks));
        }

        /** Sets which downloads of blobs are redirected to the storage. Default: none. */
        public Builder directDownload(DirectDownload newDirectDownload) {
            this.directDownload = Objects.requireNonNull(newDirectDownload, "newDirectDownload");
            return this;
        }

        /** Adds a filter, inside of those that were added before. */
        public Builder filter(ServerFilter filter) {
            filters.add(Objects.requireNonNull(filter, "filter"));
            return this;
        }

        /**
         * Adds a handler for paths outside the API. Its requests are not authenticated.
         *
         * @param path the path, or, with a slash at its end, the prefix of paths
         * @throws IllegalArgumentException if the path has a handler, or belongs to the API
         */
        public Builder route(String path, RegistryHandler handler) {
            Routes.requireFree(path);
            if (routes.putIfAbsent(path, Objects.requireNonNull(handler, "handler")) != null) {
                throw new IllegalArgumentException("There is a handler for '" + path + "' already");
            }
            return this;
        }

        /**
         * Adds a handler for paths outside the API that requires an authenticated caller. Anonymous callers get 401
         * with the authenticator's challenges. The requested access is {@link RequestedAccess.Action#ROUTE}. The
         * handler finds the caller in {@link RegistryRequest#caller()} and decides what it may do.
         *
         * @param path as for {@link #route}
         * @throws IllegalArgumentException as for {@link #route}
         */
        public Builder authenticatedRoute(String path, RegistryHandler handler) {
            route(path, handler);
            authenticatedRoutes.add(path);
            return this;
        }

        /** Adds a listener for exchanges and connections. */
        public Builder observer(ServerObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /**
         * Sets what is told of each {@link Error} that a request or a thread of the server runs into, such as a lack of
         * memory. It is called by the thread that had the error, before anything is logged or sent. The client gets 500,
         * and the server goes on; an application whose state is doubtful then may end its process. Default: nothing.
         */
        public Builder onFatalError(Consumer<? super Error> listener) {
            this.fatalErrors = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Sets the limits on the resources that clients use. */
        public Builder limits(ServerLimits newLimits) {
            this.limits = Objects.requireNonNull(newLimits, "newLimits");
            return this;
        }

        /** Sets which kind of thread serves a connection: {@link ConnectionThreads#PLATFORM} without it. */
        public Builder threads(ConnectionThreads newThreads) {
            this.threads = Objects.requireNonNull(newThreads, "newThreads");
            return this;
        }

        /**
         * Sets the executor that runs connections, instead of the server's threads. Each connection occupies a thread
         * for as long as it is open; a client gets 503 when the executor rejects it. If it has a limited number of
         * threads, set {@link ServerLimits#maxConnections()} to that, so that idle connections make room. The server
         * does not shut the executor down.
         */
        public Builder executor(Executor newExecutor) {
            this.executor = Objects.requireNonNull(newExecutor, "newExecutor");
            return this;
        }

        /** Sets the clock for the header field {@code Date} and for observers. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Returns the server, which is not started yet.
         *
         * @throws IllegalStateException if a route requires authentication and there is no authenticator
         */
        public RegistryServer build() {
            return new RegistryServer(this);
        }
    }
}
