package dev.berth.registry.client;

import dev.berth.registry.client.auth.Authorizers;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import dev.berth.registry.client.http.InsecureHosts;
import dev.berth.registry.client.http.RateLimits;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.TransportException;
import java.net.URI;
import java.util.function.Supplier;

/**
 * Makes calls to one registry: retries them where that is safe, and turns error responses into exceptions. Authentication
 * is {@link AuthenticatedExchange}'s, and redirects are {@link RedirectedExchange}'s. Thread-safe.
 */
final class ApiClient {
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
    private final RedirectedExchange exchange;
    private final ErrorResponseReader errors;
    private final RegistryCheck check;
    private final RateLimits limits;
    private final Supplier<RetryAttempts> retries;

    ApiClient(
            Origin origin,
            HttpTransport transport,
            Authorizers authorizers,
            InsecureHosts plainHttp,
            ErrorResponseReader errors,
            RateLimits limits,
            Supplier<RetryAttempts> retries) {
        this.origin = origin;
        this.exchange = new RedirectedExchange(
                new AuthenticatedExchange(new RequestSender(origin, transport, plainHttp), authorizers, errors),
                plainHttp);
        this.errors = errors;
        this.check = new RegistryCheck(origin, transport);
        this.limits = limits;
        this.retries = retries;
    }

    /** Returns the address of a path of the API, with its query. */
    URI address(String pathAndQuery) {
        return URI.create(origin + pathAndQuery);
    }

    Origin origin() {
        return origin;
    }

    /** Returns a counter of attempts. */
    RetryAttempts newAttempts() {
        return retries.get();
    }

    /**
     * Makes a call, with retries.
     *
     * @return the response: successful, or with a status that the request accepts; the caller reads or closes it
     */
    IncomingResponse call(ApiRequest request) {
        return repeat(request, () -> attempt(request));
    }

    /**
     * Makes a call with a short response and reads it, with retries: also after a response that breaks off.
     *
     * @param reader gets the response: successful, or with a status that the request accepts; it is closed afterwards
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
        RetryAttempts attempts = newAttempts();
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

    /** Makes a call of whose response only the head is read. */
    IncomingResponse callForHead(ApiRequest request) {
        IncomingResponse response = call(request);
        ApiExchange.discard(response);
        return response;
    }

    /** Makes a call once. */
    IncomingResponse attempt(ApiRequest request) throws AttemptFailedException {
        return checked(exchange.send(request), request);
    }

    private IncomingResponse checked(ApiExchange last, ApiRequest request) throws AttemptFailedException {
        IncomingResponse response = last.response();
        if (Origin.of(response.address()).equals(origin)) {
            limits.note(response);
        }
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
        throw errors.read(response, request, last.sent(), why);
    }
}
