package dev.berth.registry.client;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.auth.Authorization;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import dev.berth.registry.client.http.RetryAfter;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.HttpStatus;
import dev.berth.registry.internal.wire.WireError;
import dev.berth.registry.internal.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Turns error responses into exceptions: by their error body, or else by their status. */
final class ErrorResponseReader {
    private static final int LARGEST_BODY = 1024 * 1024;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY_REQUESTS = 429;

    private final InstantSource clock;

    ErrorResponseReader(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Reads an error response, and closes it. The exception keeps the registry's challenges, for callers that use the
     * client directly.
     *
     * @param said the authorization that was sent: the server may repeat it
     * @param why what else is known about the failure; empty for nothing
     */
    AttemptFailedException read(IncomingResponse response, ApiRequest request, Authorization said, String why) {
        byte[] body;
        try {
            body = said.withoutSecrets(response.readAll(LARGEST_BODY).orElse(new byte[0]));
        } catch (TransportException e) {
            // The status is enough.
            body = new byte[0];
        }
        String what = "The request to " + Origin.of(response.address()) + " to " + request.what();
        RegistryException told =
                WireError.toException(response.status(), request.resource(), response::headers, body, what);
        List<RegistryError> errors = new ArrayList<>();
        for (RegistryError error : told.errors()) {
            errors.add(errors.isEmpty() ? inContext(error, response, request, why + tlsHint(response, body)) : error);
        }
        RegistryException.Builder failure =
                RegistryException.builder(errors).remote().challenges(told.challenges());
        told.uploadOffset().ifPresent(failure::uploadOffset);
        response.header(WireHeaders.RETRY_AFTER)
                .flatMap(value -> RetryAfter.parse(value, clock.instant()))
                .ifPresent(failure::retryAfter);
        return AttemptFailedException.of(kind(response.status()), failure.build());
    }

    /** TLS servers answer a plain HTTP request with a text that says so. */
    private static String tlsHint(IncomingResponse response, byte[] body) {
        boolean wantsTls = response.status() == BAD_REQUEST
                && !Origin.of(response.address()).isSecure()
                && new String(body, StandardCharsets.ISO_8859_1).contains("HTTPS");
        return wantsTls
                ? "the server demands TLS: write https:// in front of its address (https://"
                        + Origin.of(response.address()).authority() + ")"
                : "";
    }

    private static RegistryError inContext(
            RegistryError error, IncomingResponse response, ApiRequest request, String why) {
        StringBuilder message = new StringBuilder(error.message());
        // Another Berth names the resource itself, and a chain of them should not repeat it at each link.
        if (!error.message().contains(request.names())) {
            message.append(" (")
                    .append(request.what())
                    .append(", asked of ")
                    .append(Origin.of(response.address()))
                    .append(')');
        }
        if (!why.isEmpty()) {
            message.append("; ").append(why);
        }
        return new RegistryError(code(error, response, request), message.toString(), error.detail());
    }

    /** Some registries send the right status with a code of their own, or the code of something else. */
    private static ErrorCode code(RegistryError error, IncomingResponse response, ApiRequest request) {
        return switch (response.status()) {
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.DENIED;
            case 405 -> ErrorCode.UNSUPPORTED;
            case TOO_MANY_REQUESTS -> ErrorCode.TOOMANYREQUESTS;
            case 404 -> isAboutTheResource(request) ? byStatus(response, request) : error.code();
            default -> error.code() == ErrorCode.UNKNOWN ? byStatus(response, request) : error.code();
        };
    }

    /** A push may fail with 404 because something else is missing. */
    private static boolean isAboutTheResource(ApiRequest request) {
        return request.resource() == ApiResource.UPLOAD || !request.method().equals("PUT");
    }

    private static ErrorCode byStatus(IncomingResponse response, ApiRequest request) {
        return HttpStatus.codeOf(response.status(), request.resource());
    }

    private static Kind kind(int status) {
        return switch (status) {
            // The request was not processed.
            case TOO_MANY_REQUESTS, 503 -> Kind.WITHOUT_EFFECT;
            // From a proxy, which does not know how far the registry came.
            case 502, 504 -> Kind.UNCERTAIN;
            default -> Kind.FINAL;
        };
    }
}
