package dev.berth.registry.client;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.client.auth.Authorizers;
import dev.berth.registry.client.auth.CredentialCache;
import dev.berth.registry.client.auth.TokenClient;
import dev.berth.registry.client.auth.TrustedRealms;
import dev.berth.registry.client.http.InsecureHosts;
import dev.berth.registry.client.http.LocalServers;
import dev.berth.registry.client.http.RateLimits;
import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.internal.http.HttpLibraries;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A remote registry, over HTTP (OCI distribution specification 1.1, and Docker Registry v2 before it).
 *
 * <pre>{@code
 * RemoteOptions options = RemoteOptions.builder().credentials(CredentialFiles.docker()).build();
 * try (Registry registry = RemoteRegistry.at("registry.example:5000", options)) {
 *     registry.repository("team/app").tags().list().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Transient failures are retried where that is safe, see {@link RemoteOptions.Builder#retry}. An interrupted download
 * resumes where it was, and an interrupted upload at the offset that the registry reports. Manifests and whole blobs are
 * verified against their digest: a stream with other content fails before its last bytes are returned. Parts of blobs
 * cannot be verified.
 *
 * <p>Credentials are sent to the registry, and to its token service if that is in the same domain or allowed by
 * {@link RemoteOptions.Builder#trustRealm}; never to a server that a redirect leads to. An exception with
 * {@link dev.berth.registry.ErrorCode#UNAUTHORIZED} has the registry's
 * {@linkplain dev.berth.registry.RegistryException#challenges() challenges}. They are meant for this client: an
 * application must not pass them on to clients of its own.
 *
 * <p>Lists are in order if the registry sends them in order. If its pages have another order, each page is sorted, and no
 * entry is left out. A list whose links form a circle, or that has more than a million entries, fails with UNAVAILABLE.
 *
 * <p>For registries without the referrers API, referrers are listed from and kept in the specification's fallback tag.
 * Such registries do not coordinate writers: this client reads the tag again after a change, and repeats a change that
 * another writer has overwritten.
 *
 * <p>A {@linkplain dev.berth.registry.TagCondition condition} on a tag is honoured by registries that say so, as Berth's
 * own server does, and is {@link dev.berth.registry.ErrorCode#UNSUPPORTED} elsewhere. Only such registries report the
 * tags that were deleted with a manifest. A mount limited by a predicate is never made.
 *
 * <p>Thread-safe. Starts no threads. Interrupting a thread ends its own call only.
 *
 * @since 0.1
 */
public final class RemoteRegistry implements Registry {
    /** The codes of a failed health check; any other error is told as UNAVAILABLE. */
    private static final Set<ErrorCode> HEALTH_CODES =
            Set.of(ErrorCode.UNAVAILABLE, ErrorCode.UNAUTHORIZED, ErrorCode.DENIED, ErrorCode.TOOMANYREQUESTS);

    private final RemoteContext context;
    private final HttpTransport transport;
    private final RateLimits limits;
    private final RegistryIdentity identity;

    private RemoteRegistry(RegistryEndpoint address, RemoteOptions options) {
        HttpLibraries.requireForClient();
        Origin origin = options.origin(address);
        // An address with http:// names its host for plain HTTP.
        LocalServers local = new LocalServers(origin, options::names);
        InsecureHosts named = new InsecureHosts(
                origin.isSecure() ? options.plainHttp() : options.plainHttp().and(origin), local);
        this.transport = new HttpTransport(options.transport(local));
        TokenClient tokenClient =
                new TokenClient(transport, new TrustedRealms(origin, options.trustedRealms()), named, options.clock());
        CredentialCache credentials = new CredentialCache(options.credentials(), address.name(), options.clock());
        this.limits = new RateLimits(options.clock());
        ApiClient client = new ApiClient(
                origin,
                transport,
                new Authorizers(origin, credentials, tokenClient, options.clock()),
                named,
                new ErrorResponseReader(options.clock()),
                limits,
                () -> new RetryAttempts(options.retryPolicy(), options.backoff()));
        this.context = new RemoteContext(client, options);
        this.identity = RegistryIdentity.of("remote " + origin + options.identityOfCredentials());
    }

    /** Returns a registry, with the defaults of {@link RemoteOptions}. */
    public static RemoteRegistry at(String address) {
        return at(address, RemoteOptions.defaults());
    }

    /**
     * Returns a registry. Does no I/O: a wrong address shows at the first call.
     *
     * @param address {@code host} or {@code host:port}, as references have it ({@link
     *     dev.berth.registry.Reference#registry()}), with {@code docker.io} for Docker Hub. The
     *     protocol is HTTPS, but plain HTTP for this machine ({@code localhost}, {@code 127.0.0.1}) and for hosts that
     *     {@link RemoteOptions.Builder#plainHttp} names; {@code https://} or {@code http://} in front decides otherwise
     * @throws IllegalArgumentException if it is not such an address
     * @throws IllegalStateException if HttpClient is older than 5.4, or HttpCore older than 5.3
     */
    public static RemoteRegistry at(String address, RemoteOptions options) {
        return new RemoteRegistry(RegistryEndpoint.parse(address), Objects.requireNonNull(options, "options"));
    }

    /**
     * Returns the registry of a reference, with the defaults of {@link RemoteOptions}:
     *
     * <pre>{@code
     * Reference ubuntu = Reference.parse("ubuntu");
     * try (RemoteRegistry registry = RemoteRegistry.of(ubuntu)) {
     *     Manifest manifest = registry.repository(ubuntu.repository()).manifests().get(ubuntu.selector());
     * }
     * }</pre>
     */
    public static RemoteRegistry of(Reference reference) {
        return of(reference, RemoteOptions.defaults());
    }

    /** Returns the registry of a reference. Does no I/O. */
    public static RemoteRegistry of(Reference reference, RemoteOptions options) {
        return at(reference.registry(), options);
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new RemoteRepository(context, Objects.requireNonNull(name, "name"));
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return new RemoteCatalogue(context).list();
    }

    /**
     * Calls the registry's root endpoint (end-1), authenticated if credentials were given. Transient failures are retried,
     * see {@link RemoteOptions.Builder#retry}. A registry that demands a token costs one more round trip at first.
     */
    @Override
    public void checkHealth() {
        ApiClient client = context.client();
        ApiRequest ping = ApiRequest.builder("GET", client.address(ApiPath.ofPing()), ApiResource.PING, Access.none())
                .what("check the health of " + client.origin(), client.origin())
                .build();
        try {
            client.callForHead(ping);
        } catch (RegistryException e) {
            throw HEALTH_CODES.contains(e.code())
                    ? e
                    : RegistryException.builder(RegistryError.of(ErrorCode.UNAVAILABLE, String.valueOf(e.getMessage())))
                            .cause(e)
                            .remote()
                            .build();
        }
    }

    /**
     * Returns an identity that is equal for registries at the same address without credentials, and for registries at
     * the same address with the same options: other credentials may see other repositories.
     */
    @Override
    public RegistryIdentity identity() {
        return identity;
    }

    /** Closes all connections. Calls that are in progress fail with UNAVAILABLE. */
    @Override
    public void close() {
        transport.close();
    }

    /**
     * Returns what the registry has said last about how many requests it still takes; empty if it has not said anything
     * yet. Does no I/O.
     */
    public Optional<RateLimit> rateLimit() {
        return limits.last();
    }

    /** Returns the number of connections in use, by calls in progress and open blobs. */
    int connectionsInUse() {
        return transport.connectionsInUse();
    }

    /** Prints the address. */
    @Override
    public String toString() {
        return context.client().origin().toString();
    }
}
