package dev.berth.registry.server;

import dev.berth.registry.Registry;
import dev.berth.registry.internal.http.HttpLibraries;
import dev.berth.registry.internal.wire.ApiResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link Registry}, whatever stands behind it, over HTTP/1.1: the OCI Distribution Specification 1.1, and what
 * clients of Docker's own registry expect.
 *
 * <pre>{@code
 * try (RegistryServer server = RegistryServer.builder(registry).listen("127.0.0.1", 5000).build().start()) {
 *     System.out.println(server.uri());
 *     …
 * }
 * }</pre>
 *
 * <p>Each connection has a thread of its own. Bodies are streamed. A server can be started once; it does not close the
 * registry. {@link #handler()} is the same without a socket. Thread-safe.
 */
public final class RegistryServer implements AutoCloseable {
    private static final int REFERRERS_PAGE_BYTES = 4 * 1024 * 1024;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final InetSocketAddress address;
    private final RegistryHandler handler;
    private final ServerSetup setup;
    private final @Nullable Executor givenExecutor;
    private final ConnectionThreads threads;

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Listener listener;
    private volatile boolean stopping;
    private boolean ended;
    private @Nullable ExecutorService ownExecutor;

    private RegistryServer(Builder builder) {
        this.address = builder.address;
        Observers observers = new Observers(builder.observers, builder.clock);
        this.handler = handler(builder, observers);
        this.setup = new ServerSetup(
                handler,
                new ResponseWriter(new HttpDate(builder.clock)),
                observers,
                builder.limits,
                builder.tls,
                () -> stopping);
        this.givenExecutor = builder.executor;
        this.threads = builder.threads;
    }

    private static RegistryHandler handler(Builder builder, Observers observers) {
        Map<ApiResource, ResourceHandler> resources = new EnumMap<>(ApiResource.class);
        resources.put(ApiResource.PING, new PingHandler());
        resources.put(ApiResource.CATALOG, new CatalogHandler());
        resources.put(ApiResource.TAGS, new TagsHandler());
        resources.put(
                ApiResource.MANIFEST, new ManifestHandler(new ManifestPutHandler(builder.limits.maxManifestBytes())));
        resources.put(ApiResource.BLOB, new BlobHandler(builder.directDownload));
        resources.put(ApiResource.UPLOADS, new UploadsHandler());
        resources.put(ApiResource.UPLOAD, new UploadHandler());
        resources.put(ApiResource.REFERRERS, new ReferrersHandler(REFERRERS_PAGE_BYTES));
        RegistryHandler api = new ApiHandler(builder.authenticator, builder.resolver, resources);
        RegistryHandler chain = ErrorAnswers.around(new Routes(api, builder.routes));
        for (int i = builder.filters.size() - 1; i >= 0; i--) {
            ServerFilter filter = builder.filters.get(i);
            RegistryHandler next = chain;
            chain = ErrorAnswers.around(request -> filter.filter(request, next));
        }
        return observers.isEmpty() ? chain : new ObservedHandler(chain, observers, builder.clock, System::nanoTime);
    }

    /** Returns the whole server as a handler: filters, authentication, routes and the registry, but no socket. */
    public RegistryHandler handler() {
        return handler;
    }

    /**
     * Opens the socket and begins to serve; returns when clients can connect.
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
            Executor executor = givenExecutor;
            if (executor == null) {
                ownExecutor = threads.newExecutor();
                executor = ownExecutor;
            }
            listener = Listener.open(address, setup, executor);
            return this;
        } finally {
            lock.unlock();
        }
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
     * Stops: no connection is accepted any more, those that wait for a request are closed at once, requests that are
     * being served may finish, and what is not done in time is cut off. Returns at once if the server does not run.
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

    /** Stops, and gives requests that are being served five seconds. May be called repeatedly. */
    @Override
    public void close() {
        stop(CLOSING);
    }

    /** Begins a server for a registry, which everyone sees. */
    public static Builder builder(Registry registry) {
        return new Builder(RegistryResolver.fixed(Objects.requireNonNull(registry, "registry")));
    }

    /** Begins a server for the registries that a resolver finds. */
    public static Builder builder(RegistryResolver resolver) {
        return new Builder(Objects.requireNonNull(resolver, "resolver"));
    }

    /** Puts a server together. Not thread-safe. */
    public static final class Builder {
        private final RegistryResolver resolver;
        private final Map<String, RegistryHandler> routes = new LinkedHashMap<>();
        private final List<ServerFilter> filters = new ArrayList<>();
        private final List<ServerObserver> observers = new ArrayList<>();
        private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private Authenticator authenticator = Authenticator.none();
        private DirectDownload directDownload = DirectDownload.never();
        private ServerLimits limits = ServerLimits.defaults();
        private ConnectionThreads threads = ConnectionThreads.PLATFORM;
        private InstantSource clock = InstantSource.system();
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

        /** Sets who finds out who makes a request. Without it, everyone is anonymous. */
        public Builder authenticator(Authenticator newAuthenticator) {
            this.authenticator = Objects.requireNonNull(newAuthenticator, "newAuthenticator");
            return this;
        }

        /** Sets which downloads of blobs are sent on to the storage. Without it, none is. */
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
         * Adds a handler for addresses beside the API's. It is asked without authentication.
         *
         * @param path the path, or, with a slash at its end, what the path begins with
         * @throws IllegalArgumentException if the path is taken, or belongs to the API
         */
        public Builder route(String path, RegistryHandler handler) {
            Routes.requireFree(path);
            if (routes.putIfAbsent(path, Objects.requireNonNull(handler, "handler")) != null) {
                throw new IllegalArgumentException("There is a handler for '" + path + "' already");
            }
            return this;
        }

        /** Adds somebody who is told of every exchange. */
        public Builder observer(ServerObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /** Sets what strangers may cost. */
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
         * Sets who runs connections, instead of threads of the server's own. Each occupies a thread for as long as it is
         * open; a client is answered with 503 when the executor rejects it. The server does not shut it down.
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
         * @throws IllegalStateException if HttpCore is older than 5.3
         */
        public RegistryServer build() {
            HttpLibraries.requireForServer();
            return new RegistryServer(this);
        }
    }
}
