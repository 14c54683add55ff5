package dev.berth.registry.testing;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.ServerFilter;
import dev.berth.registry.server.basic.BasicAuthenticator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A registry for tests: in memory, served on a free port of the loopback address, and deleted when it is closed.
 *
 * <pre>{@code
 * try (TestRegistry registry = TestRegistry.start()) {
 *     registry.push("team/app:1.0", TestImages.empty());
 *     registry.inject(Fault.on(GET, "/v2/**").times(2).status(503));
 *     …
 * }
 * }</pre>
 *
 * <p>It serves requests as soon as it has been started. Registries share nothing, so tests with their own may run in
 * parallel. With JUnit, {@link RegistryExtension} starts and closes them. Thread-safe.
 *
 * <p>After {@link #close()}, every method but {@code close()} fails with {@link IllegalStateException}; a journal that was
 * obtained before stays readable.
 *
 * @since 0.1
 */
public final class TestRegistry implements AutoCloseable {
    private final MemoryObjectStore store;
    private final StorageRegistry engine;
    private final Registry registry;
    private final Waiting waiting = new Waiting();
    private final Faults faults;
    private final Journal journal;
    private final RegistryServer server;
    private final boolean listening;
    private final @Nullable TestCertificate certificate;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TestRegistry(Builder builder) {
        InstantSource clock = InstantSource.system();
        this.store = MemoryObjectStore.create();
        this.engine = StorageRegistry.over(store);
        this.registry = new ClosableView(engine, this::requireOpen);
        this.journal = new Journal(clock);
        this.listening = builder.listening;
        this.certificate = builder.tls ? TestCertificate.generate(builder.certifiedNames(), clock.instant()) : null;
        Optional<TokenAccess> tokens =
                builder.tokens ? Optional.of(new TokenAccess(builder.users, clock)) : Optional.empty();
        this.faults = new Faults(new Effect.Context(waiting, tokens));
        RegistryServer.Builder settings = RegistryServer.builder(engine)
                .listen(builder.listenAddress, builder.port)
                .filter(journal.filter(faults));
        builder.filters.forEach(settings::filter);
        if (certificate != null) {
            settings.tls(certificate.serverOptions());
        }
        if (tokens.isPresent()) {
            settings.authenticator(tokens.get())
                    .route(TokenAccess.PATH, tokens.get().service());
        } else if (!builder.users.isEmpty()) {
            settings.authenticator(BasicAuthenticator.of("Berth test registry", builder.users));
        }
        this.server = settings.build();
    }

    /**
     * Starts an empty registry: plain HTTP, without authentication.
     *
     * @throws UncheckedIOException if there is no free port
     */
    public static TestRegistry start() {
        return builder().start();
    }

    /** Begins the settings of a registry. */
    public static Builder builder() {
        return new Builder();
    }

    private TestRegistry started(Builder builder) {
        try {
            builder.contents.forEach(content -> content.accept(registry));
            builder.faults.forEach(faults::add);
            if (listening) {
                server.start();
            }
            return this;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("A test registry could not be started: " + e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Returns the registry as a Java interface, without HTTP, and so without authentication, faults and journal: to
     * inspect what was pushed and to prepare what is to be pulled. Closing it has no effect.
     */
    public Registry registry() {
        requireOpen();
        return registry;
    }

    /** Returns the server as a handler: with authentication, faults and journal, but without a socket. */
    public RegistryHandler handler() {
        requireOpen();
        return server.handler();
    }

    /**
     * Returns the address of the server for clients on this machine, as {@code http://127.0.0.1:41234/}.
     *
     * @throws IllegalStateException if the registry was created {@link Builder#withoutSocket()}
     */
    public URI uri() {
        requireSocket();
        return server.uri();
    }

    /**
     * Returns the address of the server for clients that reach it under another name, such as those in containers:
     * {@code http://host.docker.internal:41234/}. The server has to listen on an {@linkplain Builder#listenAddress address}
     * that they reach; with TLS, the name has to be one {@linkplain Builder#tls of the certificate}.
     *
     * @param host a name or an IP address, without a port
     * @throws IllegalArgumentException if it is neither
     * @throws IllegalStateException as {@link #uri()} does
     */
    public URI uri(String host) {
        return URI.create(uri().getScheme() + "://" + address(host) + "/");
    }

    /** Returns host and port, as {@code 127.0.0.1:41234}; fails as {@link #uri()} does. */
    public String address() {
        return uri().getAuthority();
    }

    /** Returns another host with the port of the server, as {@code host.docker.internal:41234}; see {@link #uri(String)}. */
    public String address(String host) {
        return ServerName.parse(host).inUri() + ":" + uri().getPort();
    }

    /**
     * Returns the reference of an image for clients: for {@code app:1.0} that is {@code 127.0.0.1:41234/app:1.0}. Fails as {@link #uri()} does.
     *
     * @param image repository, and tag or digest or both; without them, {@code latest}
     * @throws IllegalArgumentException if it is not a valid reference
     */
    public Reference reference(String image) {
        return Reference.parse(address() + "/" + image);
    }

    /**
     * Returns the context of a client that trusts the certificate of this registry, and no other.
     *
     * @throws IllegalStateException if it was created without {@link Builder#tls TLS}
     */
    public SSLContext sslContext() {
        return requireCertificate().clientContext();
    }

    /** Returns the certificate of the authority in PEM, for clients that read it from a file; fails as {@link #sslContext()} does. */
    public String certificatePem() {
        return requireCertificate().pem();
    }

    /**
     * Returns the location of an image here, for copiers, builders and assertions; its calls do not use HTTP.
     *
     * @param image repository, and tag or digest, as {@code team/app:1.0}; without them, {@code latest}
     * @throws IllegalArgumentException if it is not a valid name
     */
    public ImageLocation location(String image) {
        return ImageLocation.of(registry(), image);
    }

    /**
     * Pushes an image, without HTTP.
     *
     * @param reference the repository, and the tag if the image is to have one: {@code app} or {@code team/app:1.0}
     * @return the manifest
     * @throws IllegalArgumentException if it is not such a reference
     */
    public Descriptor push(String reference, TestImage image) {
        requireOpen();
        return push(registry, reference, image);
    }

    private static Descriptor push(Registry registry, String reference, TestImage image) {
        return reference.indexOf(':') < 0
                ? image.pushTo(registry, RepositoryName.parse(reference))
                : image.pushTo(ImageLocation.of(registry, reference));
    }

    /** Injects a fault from now on; see {@link Fault} for the order of several. */
    public void inject(Fault fault) {
        requireOpen();
        faults.add(fault);
    }

    /** Removes a fault.
     *
     * @return whether it was there */
    public boolean remove(Fault fault) {
        requireOpen();
        return faults.remove(fault);
    }

    /** Removes all faults. */
    public void clearFaults() {
        requireOpen();
        faults.clear();
    }

    /** Returns the journal of HTTP requests and responses. */
    public Journal journal() {
        requireOpen();
        return journal;
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException(
                    "This TestRegistry was closed, and its content is gone; start another one, or close it later");
        }
    }

    private void requireSocket() {
        requireOpen();
        if (!listening) {
            throw new IllegalStateException(
                    "This TestRegistry has no address, since it was created withoutSocket(); use registry() or handler()");
        }
    }

    private TestCertificate requireCertificate() {
        requireOpen();
        if (certificate == null) {
            throw new IllegalStateException(
                    "This TestRegistry speaks plain HTTP; start it with TestRegistry.builder().tls()");
        }
        return certificate;
    }

    /** Stops the server, aborts requests in progress, and deletes the content. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            waiting.close();
            server.stop(Duration.ZERO);
            engine.close();
            store.close();
        }
    }

    /** Prints the address. */
    @Override
    public String toString() {
        return closed.get() ? "TestRegistry (closed)" : "TestRegistry" + (listening ? " at " + server.uri() : "");
    }

    /** The settings of registries. Starts any number of them, which share nothing. Not thread-safe. */
    public static final class Builder {
        private static final int MOST_PORT = 65_535;

        private final Map<String, String> users = new LinkedHashMap<>();
        private final List<Consumer<Registry>> contents = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private final List<ServerFilter> filters = new ArrayList<>();
        private boolean tokens;
        private final Set<ServerName> names = new LinkedHashSet<>(ServerName.ofLoopback());
        private boolean tls;
        private boolean listening = true;
        private String listenAddress = "127.0.0.1";
        private int port;

        private Builder() {}

        /**
         * Enables TLS, with a certificate that is generated for this registry: for {@code localhost}, the loopback
         * addresses, the {@linkplain #listenAddress listen address} and these names. Clients trust it by
         * {@link TestRegistry#sslContext()} or {@link TestRegistry#certificatePem()}.
         *
         * @param names further host names or IP addresses, without a port, such as {@code host.docker.internal}; a name
         *     may begin with {@code *.}
         * @throws IllegalArgumentException if one is neither
         */
        public Builder tls(String... names) {
            for (String name : names) {
                this.names.add(ServerName.parse(name));
            }
            this.tls = true;
            return this;
        }

        /**
         * Sets the port. Without it, or with 0, each registry gets a free port. A registry with a fixed port fails to
         * start while another one, or another program, uses the port.
         *
         * @throws IllegalArgumentException if it is not from 0 to 65535
         */
        public Builder port(int newPort) {
            if (newPort < 0 || newPort > MOST_PORT) {
                throw new IllegalArgumentException("A port is from 0 to " + MOST_PORT + ", not " + newPort);
            }
            this.port = newPort;
            return this;
        }

        /**
         * Sets the address on which the server listens. Without it, that is {@code 127.0.0.1}, which containers do not
         * reach; {@code 0.0.0.0} are all addresses of this machine, open to everyone in its network.
         *
         * @param address an IP address
         * @throws IllegalArgumentException if it is none
         */
        public Builder listenAddress(String address) {
            if (!ServerName.parse(address).isAddress()) {
                throw new IllegalArgumentException(
                        "A server listens on an IP address such as 0.0.0.0, not on " + address);
            }
            this.listenAddress = address;
            return this;
        }

        private List<ServerName> certifiedNames() {
            Set<ServerName> all = new LinkedHashSet<>(names);
            ServerName address = ServerName.parse(listenAddress);
            if (!address.isWildcardAddress()) {
                all.add(address);
            }
            return List.copyOf(all);
        }

        /**
         * Requires Basic authentication, and adds a user.
         *
         * @throws IllegalStateException if {@link #tokenAuth} was called: a registry has one kind of authentication
         */
        public Builder basicAuth(String user, String password) {
            return user(user, password, false);
        }

        /**
         * Requires tokens, as most public registries do, and adds a user. The challenge names a token service at
         * {@code /token} on the same port, a {@link dev.berth.registry.token.TokenService}, which issues a token for a name
         * and a password, or for a refresh token. A token is valid for five minutes and for the requested scopes. Ten
         * different wrong passwords in a minute are answered, further ones with 429.
         *
         * @throws IllegalStateException if {@link #basicAuth} was called: a registry has one kind of authentication
         */
        public Builder tokenAuth(String user, String password) {
            return user(user, password, true);
        }

        private Builder user(String user, String password, boolean byToken) {
            if (!users.isEmpty() && tokens != byToken) {
                throw new IllegalStateException("A registry wants either tokens or Basic authentication, not both");
            }
            users.put(Objects.requireNonNull(user, "user"), Objects.requireNonNull(password, "password"));
            tokens = byToken;
            return this;
        }

        /** Adds an image, at a reference such as {@code app} or {@code team/app:1.0}. */
        public Builder image(String reference, TestImage image) {
            Objects.requireNonNull(reference, "reference");
            Objects.requireNonNull(image, "image");
            return content(registry -> push(registry, reference, image));
        }

        /**
         * Adds a copy of these repositories of another registry: all tags, platforms and referrers. They are read when
         * the registry starts, which fails with {@link IllegalStateException} if a tag cannot be copied, or as
         * {@link dev.berth.registry.copy.ImageCopier#plan} does.
         */
        public Builder copyOf(Registry source, String... repositories) {
            Objects.requireNonNull(source, "source");
            for (String repository : repositories) {
                RepositoryName name = RepositoryName.parse(repository);
                content(registry -> ContentCopy.of(source, name, registry));
            }
            return this;
        }

        /**
         * Adds the images of an OCI image layout to this repository, those with tags and those without. It is read when the registry starts, which fails as
         * {@link dev.berth.registry.layout.OciLayoutRegistry#open}, {@link #copyOf} and
         * {@link dev.berth.registry.copy.ImageCopier#copy} do.
         *
         * @param layout a directory, a tar archive of a layout, or an archive of {@code docker save}
         */
        public Builder layout(String repository, Path layout) {
            Objects.requireNonNull(layout, "layout");
            RepositoryName name = RepositoryName.parse(repository);
            return content(registry -> ContentCopy.ofLayout(layout, name, registry));
        }

        /** Adds the content that this pushes to the registry. */
        public Builder content(Consumer<Registry> content) {
            contents.add(Objects.requireNonNull(content, "content"));
            return this;
        }

        /** Adds a fault. */
        public Builder fault(Fault fault) {
            faults.add(Objects.requireNonNull(fault, "fault"));
            return this;
        }

        /** Adds a filter of the server, inside the journal and the faults. */
        public Builder filter(ServerFilter filter) {
            filters.add(Objects.requireNonNull(filter, "filter"));
            return this;
        }

        /** Opens no socket: the registry is used by its Java interface and its handler only. */
        public Builder withoutSocket() {
            this.listening = false;
            return this;
        }

        /**
         * Starts a registry. Clients can connect when this returns.
         *
         * @throws UncheckedIOException if the port is in use or the address is not one of this machine
         */
        public TestRegistry start() {
            return new TestRegistry(this).started(this);
        }
    }
}
