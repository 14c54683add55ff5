package dev.berth.registry.servlet;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.internal.wire.ErrorBody;
import java.util.List;
import java.util.Objects;

/**
 * The error bodies of the specification, for the error page of a container: a request that the container refuses before
 * any servlet sees it should not be answered with HTML.
 *
 * @since 0.1
 */
public final class ErrorBodies {
    /** The media type of an error body. */
    public static final String MEDIA_TYPE = "application/json";

    private ErrorBodies() {}

    /**
     * Returns the body for a status.
     *
     * @param status the status of the response, 400 to 599
     * @param reason what is wrong, as a sentence for the client; it must hold nothing secret
     * @throws IllegalArgumentException if the status is not that of an error
     */
    public static byte[] of(int status, String reason) {
        return ErrorBody.format(List.of(RegistryError.of(code(status), Objects.requireNonNull(reason, "reason"))));
    }

    private static ErrorCode code(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("The status of an error is 400 to 599, not " + status);
        }
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.DENIED;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.UNSUPPORTED;
            case 429 -> ErrorCode.TOOMANYREQUESTS;
            default -> status < 500 ? ErrorCode.REQUEST_INVALID : ErrorCode.UNAVAILABLE;
        };
    }
}
