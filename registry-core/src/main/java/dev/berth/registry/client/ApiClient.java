package dev.berth.registry.client;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.auth.Authorization;
import dev.berth.registry.client.auth.Authorizers;
import dev.berth.registry.client.auth.OriginAuthorizer;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import dev.berth.registry.client.http.InsecureHosts;
import dev.berth.registry.client.http.Redirects;
import dev.berth.registry.internal.transport.BodyFailedException;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.OutgoingBody;
import dev.berth.registry.internal.transport.OutgoingRequest;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.internal.wire.WireHeaders;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls to one registry: says who is there, follows redirects, tries again where that is safe, and turns refusals
 * into exceptions. Everything that is sent goes through here. Thread-safe.
 */
final class ApiClient {
    /** Bodies that nobody reads, up to this size, are read so that their connection can be used again. */
    private static final int MOST_TO_DISCARD = 64 * 1024;

    /** Reads a response. */
    @FunctionalInterface
    interface Reader<T> {
        T read(IncomingResponse response) throws TransportException;
    }

    /** Makes a call once. */
    @FunctionalInterface
    private interface Attempt<T> {
        T make() throws AttemptFailedException;
    }

    private final Origin origin;
    private final HttpTransport transport;
    private final Authorizers authorizers;
    private final InsecureHosts plainHttp;
    private final ErrorResponses errors;
    private final RegistryCheck check;
    private final Supplier<RetryAttempts> tries;

    ApiClient(
            Origin origin,
            HttpTransport transport,
            Authorizers authorizers,
            InsecureHosts plainHttp,
            ErrorResponses errors,
            Supplier<RetryAttempts> tries) {
        this.origin = origin;
        this.transport = transport;
        this.authorizers = authorizers;
        this.plainHttp = plainHttp;
        this.errors = errors;
        this.check = new RegistryCheck(origin, transport);
        this.tries = tries;
    }

    /** Returns the address of a path of the API, with its query. */
    URI address(String pathAndQuery) {
        return URI.create(origin + pathAndQuery);
    }

    Origin origin() {
        return origin;
    }

    /** Begins to count attempts. */
    RetryAttempts tries() {
        return tries.get();
    }

    /**
     * Makes a call, as often as it takes.
     *
     * @return the response: successful, or of a status that the request accepts; the caller reads or closes it
     */
    IncomingResponse call(ApiRequest request) {
        return repeat(request, () -> attempt(request));
    }

    /**
     * Makes a call with a short response, and reads that, as often as it takes: also a response that breaks off is asked
     * for again.
     *
     * @param reader gets the response: successful, or of a status that the request accepts; it is closed afterwards
     */
    <T> T read(ApiRequest request, Reader<T> reader) {
        return repeat(request, () -> {
            try (IncomingResponse response = attempt(request)) {
                return reader.read(response);
            } catch (TransportException e) {
                throw AttemptFailedException.of(e, request.what());
            }
        });
    }

    private <T> T repeat(ApiRequest request, Attempt<T> attempt) {
        RetryAttempts attempts = tries();
        try {
            while (true) {
                try {
                    return attempt.make();
                } catch (AttemptFailedException e) {
                    if (e.kind() == Kind.UNCERTAIN && !request.safe() || !request.repeatable()) {
                        throw e;
                    }
                    attempts.awaitNext(e);
                }
            }
        } catch (AttemptFailedException e) {
            throw e.failure();
        }
    }

    /** Makes a call whose response has nothing to read but its head. */
    IncomingResponse callForHead(ApiRequest request) {
        IncomingResponse response = call(request);
        response.discard(MOST_TO_DISCARD);
        return response;
    }

    /** Makes a call once, with one more request where the registry wants to know who is there. */
    IncomingResponse attempt(ApiRequest request) throws AttemptFailedException {
        URI address = request.address();
        @Nullable Origin askedWho = null;
        Optional<Authorization> authorization = Optional.empty();
        for (int hop = 0; hop <= 2 * Redirects.MOST; hop++) {
            OriginAuthorizer authorizer = authorizers.of(Origin.of(address));
            Authorization said = authorization.isPresent() ? authorization.get() : authorizer.current(request.access());
            authorization = Optional.empty();
            IncomingResponse response = exchange(request, address, said);
            Optional<URI> target = redirect(response, request);
            if (target.isPresent()) {
                response.discard(MOST_TO_DISCARD);
                address = target.get();
                continue;
            }
            if (response.status() == 403
                    && request.repeatable()
                    && !Origin.of(address).equals(askedWho)) {
                authorization = denial(authorizer, said, request, response);
                if (authorization.isPresent()) {
                    askedWho = Origin.of(address);
                    response.discard(MOST_TO_DISCARD);
                    continue;
                }
            }
            if (response.status() != 401) {
                return checked(response, request, said);
            }
            List<String> challenges = response.headers(WireHeaders.WWW_AUTHENTICATE);
            if (!Origin.of(address).equals(askedWho)) {
                askedWho = Origin.of(address);
                authorization = refusal(authorizer, said, challenges, request, response);
            }
            if (authorization.isEmpty() || !request.repeatable()) {
                String why = "needed for " + request.access().scopes() + ": " + authorizer.explain(said, challenges);
                AttemptFailedException refused = errors.read(response, request, said, why);
                // Whoever can send the rest of such a content may do that with the new authorization.
                throw authorization.isEmpty()
                        ? refused
                        : AttemptFailedException.of(Kind.WITHOUT_EFFECT, refused.failure());
            }
            response.discard(MOST_TO_DISCARD);
        }
        throw Redirects.refused("Could not " + request.what() + ": " + origin + " redirects without end");
    }

    private Optional<URI> redirect(IncomingResponse response, ApiRequest request) throws AttemptFailedException {
        try {
            return Redirects.target(response, request.method(), request.repeatable(), plainHttp);
        } catch (AttemptFailedException e) {
            response.close();
            throw e;
        }
    }

    private static Optional<Authorization> denial(
            OriginAuthorizer authorizer, Authorization said, ApiRequest request, IncomingResponse response)
            throws AttemptFailedException {
        try {
            return authorizer.afterDenial(said, request.access());
        } catch (AttemptFailedException | RuntimeException e) {
            response.close();
            throw e;
        }
    }

    private static Optional<Authorization> refusal(
            OriginAuthorizer authorizer,
            Authorization said,
            List<String> challenges,
            ApiRequest request,
            IncomingResponse response)
            throws AttemptFailedException {
        try {
            return authorizer.afterRefusal(said, challenges, request.access());
        } catch (AttemptFailedException | RuntimeException e) {
            response.close();
            throw e;
        }
    }

    private IncomingResponse exchange(ApiRequest request, URI address, Authorization said)
            throws AttemptFailedException {
        List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
        said.header().ifPresent(value -> headers.add(Map.entry(WireHeaders.AUTHORIZATION, value)));
        Origin target = Origin.of(address);
        if (!target.equals(origin) && !plainHttp.allows(target)) {
            throw Redirects.refused("Could not " + request.what() + ": " + origin + " leads to " + target
                    + ", which is plain HTTP; allow that for " + target.authority() + " by name if it is meant");
        }
        Optional<OutgoingBody> body = request.content().map(RequestContent::open);
        try {
            return transport.exchange(new OutgoingRequest(request.method(), address, headers, body));
        } catch (TransportException e) {
            throw AttemptFailedException.of(e, request.what());
        } catch (BodyFailedException e) {
            throw ofSource(e, request);
        }
    }

    private static AttemptFailedException ofSource(BodyFailedException e, ApiRequest request) {
        if (e.getCause() instanceof RegistryException failure) {
            return AttemptFailedException.of(Kind.FINAL, failure);
        }
        String message = "Could not " + request.what() + ": its content could not be read ("
                + (e.getCause() == null ? "" : e.getCause().getMessage()) + ")";
        return AttemptFailedException.of(Kind.FINAL, RegistryException.of(ErrorCode.UNAVAILABLE, message, e));
    }

    private IncomingResponse checked(IncomingResponse response, ApiRequest request, Authorization said)
            throws AttemptFailedException {
        try {
            check.requireRegistry(response, request);
        } catch (AttemptFailedException e) {
            response.close();
            throw e;
        }
        if (response.status() < 300 || request.accepted().contains(response.status())) {
            return response;
        }
        String why = response.status() == 403 ? "needed: " + request.access().scopes() : "";
        throw errors.read(response, request, said, why);
    }
}
