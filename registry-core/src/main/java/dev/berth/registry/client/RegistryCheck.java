package dev.berth.registry.client;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import dev.berth.registry.internal.transport.BodyFailedException;
import dev.berth.registry.internal.transport.HttpTransport;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.OutgoingRequest;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.MediaTypeHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Doubts that there is a registry where pages for people come from: a web site answers 404 to everything that it does
 * not know, which must not pass for "there is no such image". The doubt is settled once, by the address that every
 * registry has.
 */
final class RegistryCheck {
    private final Origin origin;
    private final HttpTransport transport;
    private volatile boolean isRegistry;

    RegistryCheck(Origin origin, HttpTransport transport) {
        this.origin = origin;
        this.transport = transport;
    }

    /** Does nothing unless a response is a page for people, and what it comes from is not a registry. */
    void requireRegistry(IncomingResponse response, ApiRequest request) throws AttemptFailedException {
        boolean success = response.status() < 300 && request.resource() != ApiResource.BLOB;
        if (isRegistry || !isPage(response) || !success && response.status() != 404) {
            return;
        }
        if (!asksLikeARegistry(request)) {
            throw AttemptFailedException.of(
                    Kind.FINAL,
                    RegistryException.of(
                            ErrorCode.UNAVAILABLE,
                            "Could not " + request.what() + ": " + origin
                                    + " is not a registry, it answers with pages for people; check the address"));
        }
        isRegistry = true;
    }

    private boolean asksLikeARegistry(ApiRequest request) throws AttemptFailedException {
        OutgoingRequest ping =
                new OutgoingRequest("GET", URI.create(origin + ApiPath.ofPing()), List.of(), Optional.empty());
        try (IncomingResponse answer = transport.exchange(ping)) {
            boolean known = answer.header(WireHeaders.API_VERSION).isPresent()
                    || (answer.status() == 200 || answer.status() == 401) && !isPage(answer);
            ApiExchange.discard(answer);
            return known;
        } catch (TransportException e) {
            throw AttemptFailedException.of(e, request.what());
        } catch (BodyFailedException e) {
            throw new IllegalStateException("A request without a body has none that fails", e);
        }
    }

    /** Returns whether a response is for people. */
    static boolean isPage(IncomingResponse response) {
        String type = response.header(WireHeaders.CONTENT_TYPE)
                .map(MediaTypeHeader::withoutParameters)
                .orElse("");
        return type.equalsIgnoreCase("text/html") || type.equalsIgnoreCase("application/xhtml+xml");
    }
}
