package dev.berth.registry.client;

import dev.berth.registry.client.auth.Authorization;
import dev.berth.registry.client.auth.Authorizers;
import dev.berth.registry.client.auth.OriginAuthorizer;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.wire.WireHeaders;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Sends a request with the authorization that its server is known to want, and once more if the server refuses that and
 * there is another one. Knows nothing of redirects. Thread-safe.
 */
final class AuthenticatedExchange {
    private final RequestSender sender;
    private final Authorizers authorizers;
    private final ErrorResponseReader errors;

    AuthenticatedExchange(RequestSender sender, Authorizers authorizers, ErrorResponseReader errors) {
        this.sender = sender;
        this.authorizers = authorizers;
        this.errors = errors;
    }

    /**
     * Sends a request to an address.
     *
     * @return a response of any status but 401
     * @throws AttemptFailedException if the server refuses every authorization; transient if there is one left, but the
     *     body cannot be sent again
     */
    ApiExchange send(ApiRequest request, URI address) throws AttemptFailedException {
        OriginAuthorizer authorizer = authorizers.of(Origin.of(address));
        ApiExchange first = sender.send(request, address, authorizer.current(request.access()));
        Optional<Authorization> next = next(authorizer, first, request);
        if (next.isPresent() && request.repeatable()) {
            first.discard();
            return accepted(authorizer, sender.send(request, address, next.get()), request);
        }
        if (next.isPresent()) {
            // A request that can send the rest of its body does so with the new authorization.
            AttemptFailedException refused = refused(authorizer, first, request);
            throw AttemptFailedException.of(Kind.WITHOUT_EFFECT, refused.failure());
        }
        return accepted(authorizer, first, request);
    }

    /** Returns what to send after a refusal; empty if there was none, or nothing is left to send. */
    private static Optional<Authorization> next(OriginAuthorizer authorizer, ApiExchange exchange, ApiRequest request)
            throws AttemptFailedException {
        try {
            if (exchange.status() == 401) {
                return authorizer.afterRefusal(exchange.sent(), challenges(exchange), request.access());
            }
            return exchange.status() == 403 && request.repeatable()
                    ? authorizer.afterDenial(exchange.sent(), request.access())
                    : Optional.empty();
        } catch (AttemptFailedException | RuntimeException e) {
            exchange.response().close();
            throw e;
        }
    }

    private ApiExchange accepted(OriginAuthorizer authorizer, ApiExchange exchange, ApiRequest request)
            throws AttemptFailedException {
        if (exchange.status() == 401) {
            throw refused(authorizer, exchange, request);
        }
        return exchange;
    }

    private AttemptFailedException refused(OriginAuthorizer authorizer, ApiExchange exchange, ApiRequest request) {
        String why = "needed for " + request.access().scopes() + ": "
                + authorizer.explain(exchange.sent(), challenges(exchange));
        return errors.read(exchange.response(), request, exchange.sent(), why);
    }

    private static List<String> challenges(ApiExchange exchange) {
        return exchange.response().headers(WireHeaders.WWW_AUTHENTICATE);
    }
}
