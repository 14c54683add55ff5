package dev.berth.registry.server.resources;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.ErrorBody;
import dev.berth.registry.internal.wire.HttpStatus;
import dev.berth.registry.internal.wire.WireError;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The error responses of the server, all with the error body of the specification. */
public final class ErrorResponses {
    private static final Logger log = LoggerFactory.getLogger(ErrorResponses.class);
    private static final String REQUEST_ID = "X-Request-Id";

    private ErrorResponses() {}

    /** Returns the response to a refusal. */
    public static RegistryResponse of(RegistryRequest request, RegistryException e) {
        WireError error = WireError.of(e);
        if (error.status() >= 500) {
            // What a registry foresees has a message that says it. Where in the code it happened seldom helps.
            log.error(
                    "{} {} failed, request {}: {}",
                    request.method(),
                    request.path(),
                    request.requestId(),
                    FailureChain.of(e));
            log.debug("Request {} failed", request.requestId(), e);
        }
        if (e.isRemote() && error.status() == 403) {
            // The credentials of this server are refused, which its operator can mend and the client cannot.
            log.warn("{} {} was refused by the registry behind: {}", request.method(), request.path(), e.getMessage());
        }
        RegistryResponse.Builder response = ApiResponses.json(
                error.status(),
                ErrorBody.format(
                        error.errors().stream().map(OtherServers::withoutNames).toList()));
        error.headers().forEach(header -> {
            // A failure of another registry may carry the challenges of that one, which are not passed on.
            if (error.status() == 401 || !header.getKey().equals(WireHeaders.WWW_AUTHENTICATE)) {
                response.header(header.getKey(), printable(header.getValue()));
            }
        });
        if (error.status() >= 500) {
            response.header(REQUEST_ID, request.requestId());
        }
        return response.build();
    }

    /** Text that came from another registry may hold any character. */
    private static String printable(String value) {
        StringBuilder text = new StringBuilder(value.length());
        value.chars().forEach(c -> text.append(c < ' ' || c > '~' ? '?' : (char) c));
        return text.toString();
    }

    /** Returns the response to an internal error: the client learns only the request id under which it is logged. */
    public static RegistryResponse internal(RegistryRequest request, Exception e) {
        log.error("{} {} failed, request {}", request.method(), request.path(), request.requestId(), e);
        RegistryError error = new RegistryError(
                ErrorCode.UNKNOWN,
                "The server failed; its log has the cause under the request id",
                Map.of("requestId", request.requestId()));
        return ApiResponses.json(HttpStatus.of(ErrorCode.UNKNOWN), ErrorBody.format(List.of(error)))
                .header(REQUEST_ID, request.requestId())
                .build();
    }

    /** Returns the response for an address at which there is nothing. */
    public static RegistryResponse notFound(RegistryRequest request) {
        return of(
                request,
                RegistryException.of(ErrorCode.NOT_FOUND, "There is nothing at this address; the API is under /v2/"));
    }

    /** Returns the response to a request that does not keep to the protocol. */
    public static RegistryResponse malformed(int status, String reason) {
        return ApiResponses.json(status, ErrorBody.format(List.of(RegistryError.of(ErrorCode.REQUEST_INVALID, reason))))
                .build();
    }

    /** Returns the response for a client that is refused because there are too many connections. */
    public static RegistryResponse overloaded() {
        return ApiResponses.json(
                        503,
                        ErrorBody.format(List.of(RegistryError.of(
                                ErrorCode.UNAVAILABLE, "The server has too many connections; try again later"))))
                .header(WireHeaders.RETRY_AFTER, "1")
                .build();
    }

    /** Returns the response to a method that the address does not take. */
    public static RegistryResponse methodNotAllowed(List<String> allowed) {
        return ApiResponses.json(
                        405,
                        ErrorBody.format(List.of(RegistryError.of(
                                ErrorCode.UNSUPPORTED,
                                "This address does not take this method; it takes " + String.join(", ", allowed)))))
                .header(WireHeaders.ALLOW, String.join(", ", allowed))
                .build();
    }
}
