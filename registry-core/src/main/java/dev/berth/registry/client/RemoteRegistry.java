package dev.berth.registry.client;

import dev.berth.registry.client.auth.Access;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.auth.Authorizers;
import dev.berth.registry.client.auth.CredentialCache;
import dev.berth.registry.client.auth.TokenClient;
import dev.berth.registry.client.auth.TrustedRealms;
import dev.berth.registry.client.http.InsecureHosts;
import dev.berth.registry.internal.http.HttpLibraries;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import java.util.Objects;
import java.util.Set;

/**
 * A registry somewhere else, over HTTP (OCI distribution specification 1.1, and Docker Registry v2 before it).
 *
 * <pre>{@code
 * RemoteOptions options = RemoteOptions.builder().credentials(CredentialFiles.docker()).build();
 * try (Registry registry = RemoteRegistry.at("registry.example:5000", options)) {
 *     registry.repository("team/app").tags().list().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>What passes is tried again where that is safe, by {@link RemoteOptions.Builder#retry}. A download whose connection
 * breaks goes on where it was, and an upload where the registry says that it is. Manifests and whole blobs are verified
 * against their digest: a stream that is not what was asked for fails before it hands out its last bytes. Parts of blobs
 * cannot be verified.
 *
 * <p>Lists come in order from registries that send them in order. Of one that sends pages in an order of its own, each
 * page is in order, and nothing is left out. A list that leads back to where it was, or has more than a million entries,
 * ends with UNAVAILABLE.
 *
 * <p>Against registries without the referrers API, referrers are listed from and kept in the tag that the specification
 * has for that. Such registries have nothing that keeps writers apart: it is made sure that what this client has written
 * stays, also when others write, as well as can be done from outside.
 *
 * <p>A condition on a tag other than {@link dev.berth.registry.TagCondition#any()} is kept by registries that say so, as
 * Berth's own server does, and is {@link dev.berth.registry.ErrorCode#UNSUPPORTED} elsewhere. Which tags went with a
 * manifest that was deleted only such registries tell. A mount limited by a predicate is never made.
 *
 * <p>Thread-safe. Starts no threads. Interrupting a thread ends its call; others are not touched by that.
 */
public final class RemoteRegistry implements Registry {
    /** What a failed health check may say; other answers to it mean that the registry does not work. */
    private static final Set<ErrorCode> HEALTH_CODES =
            Set.of(ErrorCode.UNAVAILABLE, ErrorCode.UNAUTHORIZED, ErrorCode.DENIED, ErrorCode.TOOMANYREQUESTS);

    private final RemoteContext context;
    private final HttpTransport transport;
    private final RegistryIdentity identity;

    private RemoteRegistry(RegistryEndpoint address, RemoteOptions options) {
        HttpLibraries.requireForClient();
        Origin origin = options.origin(address);
        // Whoever writes http:// in front of a host has named it.
        InsecureHosts named =
                origin.isSecure() ? options.plainHttp() : options.plainHttp().and(origin);
        this.transport = new HttpTransport(options.transport());
        TokenClient tokenClient = new TokenClient(
                transport, new TrustedRealms(origin, options.trustedRealms()), named, options.clock());
        CredentialCache credentials = new CredentialCache(options.credentials(), address.name());
        ApiClient client = new ApiClient(
                origin,
                transport,
                new Authorizers(origin, credentials, tokenClient, options.clock()),
                named,
                new ErrorResponses(options.clock()),
                () -> new RetryAttempts(options.retryPolicy(), options.pacing()));
        this.context = new RemoteContext(client, options);
        this.identity = RegistryIdentity.of("remote " + origin + options.identityOfCredentials());
    }

    /** Returns a registry, with the defaults of {@link RemoteOptions}. */
    public static RemoteRegistry at(String address) {
        return at(address, RemoteOptions.defaults());
    }

    /**
     * Returns a registry. Does no I/O: one that does not exist shows at the first call.
     *
     * @param address {@code host} or {@code host:port}, as references have it ({@link
     *     dev.berth.registry.Reference#registry()}), with {@code docker.io} for Docker Hub. HTTPS is spoken, except with
     *     this machine ({@code localhost}, {@code 127.0.0.1}) and hosts that {@link RemoteOptions.Builder#plainHttp}
     *     names; {@code https://} or {@code http://} in front decides otherwise
     * @throws IllegalArgumentException if it is no such address
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
     * Asks the registry whether it is one (end-1), with the credentials for it. Transient failures are retried, as
     * {@link RemoteOptions.Builder#retry} says. A registry that wants a token for this costs one more round trip until
     * there is one.
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
                    : RegistryException.of(ErrorCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Returns an identity that is equal for registries at the same address without credentials, and for those at the
     * same address with the same options: others may see other repositories there.
     */
    @Override
    public RegistryIdentity identity() {
        return identity;
    }

    /** Closes all connections. Whatever is under way ends with UNAVAILABLE. */
    @Override
    public void close() {
        transport.close();
    }

    /** Returns how many connections are in use: by calls under way, and blobs that are open. */
    int connectionsInUse() {
        return transport.connectionsInUse();
    }

    /** Prints the address. */
    @Override
    public String toString() {
        return context.client().origin().toString();
    }
}
