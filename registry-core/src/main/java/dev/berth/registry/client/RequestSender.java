package dev.berth.registry.client;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.auth.Authorization;
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

/** Sends a request of the API once, and gives failures of the connection their message. Thread-safe. */
final class RequestSender {
    private final Origin registry;
    private final HttpTransport transport;
    private final InsecureHosts plainHttp;

    RequestSender(Origin registry, HttpTransport transport, InsecureHosts plainHttp) {
        this.registry = registry;
        this.transport = transport;
        this.plainHttp = plainHttp;
    }

    /** Sends a request to an address, which differs from the request's own behind a redirect. */
    ApiExchange send(ApiRequest request, URI address, Authorization authorization) throws AttemptFailedException {
        requireTls(request, Origin.of(address));
        List<Map.Entry<String, String>> headers = new ArrayList<>(request.headers());
        authorization.header().ifPresent(value -> headers.add(Map.entry(WireHeaders.AUTHORIZATION, value)));
        Optional<OutgoingBody> body = request.content().map(RequestContent::open);
        try {
            IncomingResponse response =
                    transport.exchange(new OutgoingRequest(request.method(), address, headers, body));
            plainHttp.local().note(response);
            return new ApiExchange(response, authorization);
        } catch (TransportException e) {
            throw AttemptFailedException.of(e, request.what());
        } catch (BodyFailedException e) {
            throw ofSource(e, request);
        }
    }

    private void requireTls(ApiRequest request, Origin target) throws AttemptFailedException {
        if (!target.equals(registry) && !plainHttp.allows(target)) {
            throw Redirects.refused("Could not " + request.what() + ": " + registry + " leads to "
                    + Redirects.plainHttpRefused(target));
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
}
