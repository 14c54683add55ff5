package dev.berth.registry.scan.api;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.wire.ErrorBody;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.service.ScanService;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells over HTTP, in JSON, what is known of images, and begins scans. Thread-safe.
 *
 * <pre>{@code
 * RegistryServer.builder(access.resolver())
 *         .authenticator(access.authenticator())
 *         .route(ScanApi.PATH, ScanApi.builder(scans, registry).build(access.authenticator(), access.policy()))
 * }</pre>
 *
 * <table>
 *   <caption>The addresses below {@value #PATH}</caption>
 *   <tr><th>request</th><th>answer</th><th>right</th></tr>
 *   <tr><td>{@code GET report?repository=&reference=}</td><td>what is known of an image, for each platform; with
 *       {@code Accept: application/sarif+json} as SARIF, of one platform</td><td>pull</td></tr>
 *   <tr><td>{@code GET repository?repository=&after=&limit=}</td><td>the tags, with the numbers of findings</td>
 *       <td>pull</td></tr>
 *   <tr><td>{@code GET images?id=&limit=}</td><td>the images with a finding of this name</td><td>pull, for each that is
 *       listed</td></tr>
 *   <tr><td>{@code GET packages?repository=&reference=&q=&page=&limit=}</td><td>the packages of an image</td>
 *       <td>pull</td></tr>
 *   <tr><td>{@code GET uses?name=&version=&type=&after=&limit=}</td><td>the images with a package</td><td>pull, for each
 *       that is listed</td></tr>
 *   <tr><td>{@code GET signatures?repository=&reference=}</td><td>who signed a manifest, and why a signature is refused</td>
 *       <td>pull</td></tr>
 *   <tr><td>{@code GET sboms?repository=&reference=}</td><td>the SBOMs beside an image</td><td>pull</td></tr>
 *   <tr><td>{@code GET rules?repository=&reference=}</td><td>whether the gate hands a manifest out, and why</td>
 *       <td>pull</td></tr>
 *   <tr><td>{@code GET difference?repository=&from=&to=}</td><td>what differs between two images</td><td>pull</td></tr>
 *   <tr><td>{@code GET status}</td><td>how the scans go</td><td>pull, for each image that is listed</td></tr>
 *   <tr><td>{@code POST start}, {@code {"repository":…,"reference":…}}</td><td>202, and the images that are scanned</td>
 *       <td>push</td></tr>
 * </table>
 *
 * <p>A reference is a tag or a digest. What a caller may not see does not exist: {@link ErrorCode#NOT_FOUND}. An anonymous caller
 * who might see more is asked to log in.
 *
 * @since 0.1
 */
public final class ScanApi implements RegistryHandler {
    /** The prefix of its addresses, for {@link dev.berth.registry.server.RegistryServer.Builder#route}. */
    public static final String PATH = "/berth/scans/";

    static final String JSON = "application/json";

    private final Callers callers;
    private final List<ScanRoute> routes;

    private ScanApi(Callers callers, List<ScanRoute> routes) {
        this.callers = callers;
        this.routes = routes;
    }

    /**
     * Begins.
     *
     * @param scans what is told
     * @param registry the registry as nobody in particular sees it
     */
    public static Builder builder(ScanService scans, Registry registry) {
        return new Builder(KnownImages.builder(scans, registry));
    }

    /**
     * Begins.
     *
     * @param known what is told, with the list of what is accepted, who is trusted, and the gate
     */
    public static Builder builder(KnownImages known) {
        return new Builder(known);
    }

    /** Returns the methods and addresses, for tests that try each. */
    List<ScanRoute> routes() {
        return routes;
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        List<ScanRoute> here = routes.stream()
                .filter(route -> request.path().equals(PATH + route.path()))
                .toList();
        if (here.isEmpty()) {
            throw RegistryException.of(ErrorCode.NOT_FOUND, "There is nothing at this address of the scans");
        }
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        for (ScanRoute route : here) {
            if (route.method().equals(method)) {
                return answer(route, request);
            }
        }
        return methodNotAllowed(here);
    }

    private RegistryResponse answer(ScanRoute route, RegistryRequest request) throws IOException {
        Parameters parameters = Parameters.of(request, route);
        try {
            return callers.call(route, parameters, request);
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(ErrorCode.REQUEST_INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    private static RegistryResponse methodNotAllowed(List<ScanRoute> here) {
        String allowed = String.join(", ", here.stream().map(ScanRoute::method).toList());
        RegistryError error =
                RegistryError.of(ErrorCode.UNSUPPORTED, "This address does not take this method; it takes " + allowed);
        return RegistryResponse.builder(405)
                .header("Content-Type", JSON)
                .header("Allow", allowed)
                .body(ResponseBody.of(ErrorBody.format(List.of(error))))
                .build();
    }

    /**
     * Builds the API. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final KnownImages.@Nullable Builder making;
        private final @Nullable KnownImages made;
        private AuditListener listener = AuditListener.none();
        private InstantSource clock = InstantSource.system();

        private Builder(KnownImages.Builder making) {
            this.making = making;
            this.made = null;
        }

        private Builder(KnownImages made) {
            this.making = null;
            this.made = Objects.requireNonNull(made, "known");
        }

        /**
         * Sets the allow-list, which is asked for with each request. Default: all findings count.
         *
         * @throws IllegalStateException if what is known has one already
         */
        public Builder accepted(Supplier<Acceptances> newAccepted) {
            if (making == null) {
                throw new IllegalStateException("What is accepted is set where it is said what is known");
            }
            making.accepted(newAccepted);
            return this;
        }

        /** Sets what is told of refusals, and of scans that somebody begins. Default: nothing. */
        public Builder listener(AuditListener newListener) {
            this.listener = Objects.requireNonNull(newListener, "newListener");
            return this;
        }

        /** Sets the clock, for what the listener is told; that of the system by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Returns the API for callers who may do what a policy allows.
         *
         * @param authenticator tells who makes a request
         * @param policy says what a caller may see, and where it may begin scans
         */
        public ScanApi build(Authenticator authenticator, AccessPolicy policy) {
            KnownImages known = made == null ? Objects.requireNonNull(making).build() : made;
            return new ScanApi(
                    new Callers(
                            known.registry(),
                            Objects.requireNonNull(authenticator, "authenticator"),
                            Objects.requireNonNull(policy, "policy"),
                            listener),
                    Stream.concat(
                                    new ScanResource(known.scans(), known.reports(), listener, clock).routes().stream(),
                                    new KnownResource(known).routes().stream())
                            .toList());
        }

        /** Returns the API for a server without access control, where everybody may pull and push. */
        public ScanApi buildOpen() {
            return build(Authenticator.none(), (caller, action, repository) -> true);
        }
    }
}
