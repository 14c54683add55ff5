package dev.berth.registry.client;

import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.InsecureHosts;
import dev.berth.registry.client.http.Redirects;
import dev.berth.registry.internal.transport.Origin;
import java.net.URI;
import java.util.Optional;

/** Sends a request, and follows redirects. Knows nothing of authentication: each server gets its own. Thread-safe. */
final class RedirectedExchange {
    private final AuthenticatedExchange exchange;
    private final InsecureHosts plainHttp;

    RedirectedExchange(AuthenticatedExchange exchange, InsecureHosts plainHttp) {
        this.exchange = exchange;
        this.plainHttp = plainHttp;
    }

    /** Sends a request, and returns the response that is not a redirect. */
    ApiExchange send(ApiRequest request) throws AttemptFailedException {
        URI address = request.address();
        for (int hop = 0; hop <= Redirects.MOST; hop++) {
            ApiExchange last = exchange.send(request, address);
            Optional<URI> target = target(last, request);
            if (target.isEmpty()) {
                return last;
            }
            last.discard();
            address = target.get();
        }
        throw Redirects.refused(
                "Could not " + request.what() + ": " + Origin.of(request.address()) + " redirects without end");
    }

    private Optional<URI> target(ApiExchange last, ApiRequest request) throws AttemptFailedException {
        try {
            return Redirects.target(last.response(), request.method(), request.repeatable(), plainHttp);
        } catch (AttemptFailedException e) {
            last.response().close();
            throw e;
        }
    }
}
