package dev.berth.registry.server;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.ErrorBody;
import dev.berth.registry.internal.wire.HttpStatus;
import dev.berth.registry.internal.wire.WireError;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.http1.MalformedRequestException;
import dev.berth.registry.server.http1.TruncatedBodyException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes answers out of failures, so that everything that goes wrong is told in the same form. */
final class ErrorResponses {
    private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);
    static final String REQUEST_ID = "X-Request-Id";

    private ErrorResponses() {}

    /** Returns a handler that answers also when this one fails, as long as there is somebody to answer. */
    static RegistryHandler around(RegistryHandler handler) {
        return request -> {
            try {
                return handler.handle(request);
            } catch (ExchangeAbortedException e) {
                throw e;
            } catch (RegistryException e) {
                return request.requestBody().failure() == null ? of(request, e) : ofUnreadableBody(request);
            } catch (IOException | RuntimeException e) {
                return request.requestBody().failure() == null ? internal(request, e) : ofUnreadableBody(request);
            }
        };
    }

    /**
     * Returns the response to a request whose body could not be read, whatever the registry made of that: either the
     * client does not keep to the protocol, or it is gone and there is none. One that has ended its side of the
     * connection too early may still be listening.
     */
    private static RegistryResponse ofUnreadableBody(RegistryRequest request) throws IOException {
        IOException failure = Objects.requireNonNull(request.requestBody().failure());
        if (failure instanceof TruncatedBodyException) {
            return of(
                    request,
                    RegistryException.of(
                            ErrorCode.SIZE_INVALID,
                            "The body of the request was cut off after "
                                    + request.requestBody().count() + " bytes; send it again",
                            failure));
        }
        if (failure instanceof MalformedRequestException malformed) {
            return malformed(malformed.status(), malformed.reason());
        }
        throw failure;
    }

    /** Returns the response to a refusal. */
    static RegistryResponse of(RegistryRequest request, RegistryException e) {
        WireError error = WireError.of(e);
        if (error.status() >= 500) {
            log.error("{} {} failed, request {}", request.method(), request.path(), request.requestId(), e);
        }
        RegistryResponse.Builder response = ApiResponses.json(error.status(), ErrorBody.format(error.errors()));
        error.headers().forEach(header -> {
            // A failure that came from another registry may carry its challenges, which are none of ours.
            if (error.status() == 401 || !header.getKey().equals(WireHeaders.WWW_AUTHENTICATE)) {
                response.header(header.getKey(), printable(header.getValue()));
            }
        });
        if (error.status() >= 500) {
            response.header(REQUEST_ID, request.requestId());
        }
        return response.build();
    }

    /** A challenge or other text that came from another registry may hold anything. */
    private static String printable(String value) {
        StringBuilder text = new StringBuilder(value.length());
        value.chars().forEach(c -> text.append(c < ' ' || c > '~' ? '?' : (char) c));
        return text.toString();
    }

    /** Returns the response to a mistake of ours: the client learns no more than where to find it in the log. */
    static RegistryResponse internal(RegistryRequest request, Exception e) {
        log.error("{} {} failed, request {}", request.method(), request.path(), request.requestId(), e);
        RegistryError error = new RegistryError(
                ErrorCode.UNKNOWN,
                "The server failed; its log tells why under the request id",
                Map.of("requestId", request.requestId()));
        return ApiResponses.json(HttpStatus.of(ErrorCode.UNKNOWN), ErrorBody.format(List.of(error)))
                .header(REQUEST_ID, request.requestId())
                .build();
    }

    /** Returns the response for an address at which there is nothing. */
    static RegistryResponse notFound(RegistryRequest request) {
        return of(
                request,
                RegistryException.of(ErrorCode.NOT_FOUND, "There is nothing at this address; the API is under /v2/"));
    }

    /** Returns the response to a request that does not keep to the protocol. */
    static RegistryResponse malformed(int status, String reason) {
        return ApiResponses.json(status, ErrorBody.format(List.of(RegistryError.of(ErrorCode.REQUEST_INVALID, reason))))
                .build();
    }

    /** Returns the response for a client that is turned away because there are too many connections. */
    static RegistryResponse overloaded() {
        return ApiResponses.json(
                        503,
                        ErrorBody.format(List.of(RegistryError.of(
                                ErrorCode.UNAVAILABLE, "The server has too many connections; try again later"))))
                .header(WireHeaders.RETRY_AFTER, "1")
                .build();
    }

    /** Returns the response to a method that the address does not take. */
    static RegistryResponse methodNotAllowed(List<String> allowed) {
        return ApiResponses.json(
                        405,
                        ErrorBody.format(List.of(RegistryError.of(
                                ErrorCode.UNSUPPORTED,
                                "This address does not take this method; it takes " + String.join(", ", allowed)))))
                .header(WireHeaders.ALLOW, String.join(", ", allowed))
                .build();
    }
}
