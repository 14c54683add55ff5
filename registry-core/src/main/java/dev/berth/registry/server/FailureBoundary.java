package dev.berth.registry.server;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.resources.ErrorResponses;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;

/** Translates the exceptions of a handler into responses, unless the client has disconnected. */
final class FailureBoundary implements RegistryHandler {
    private final RegistryHandler handler;
    private final ServerErrors errors;

    FailureBoundary(RegistryHandler handler, ServerErrors errors) {
        this.handler = handler;
        this.errors = errors;
    }

    @Override
    public RegistryResponse handle(RegistryRequest request) throws IOException {
        try {
            return handler.handle(request);
        } catch (ExchangeAbortedException e) {
            throw e;
        } catch (RegistryException e) {
            return request.requestBody().failure() == null
                    ? ErrorResponses.of(request, e)
                    : unreadableBody(request, e.uploadOffset());
        } catch (IOException | RuntimeException e) {
            errors.report(e);
            return request.requestBody().failure() == null
                    ? ErrorResponses.internal(request, e)
                    : unreadableBody(request, OptionalLong.empty());
        } catch (Error e) {
            errors.report(e);
            // What the handler has left half done is not known, so neither is the state of the connection.
            return ErrorResponses.internal(request, e).withHeader(WireHeaders.CONNECTION, "close");
        }
    }

    /**
     * Returns the response to a request whose body could not be read, whatever the registry made of that. A client that
     * has ended its side of the connection too early may still be listening.
     *
     * @param uploadOffset how much of the upload is held, if the body was a part of one and that is known
     * @throws IOException how reading failed, if the client is gone
     */
    private static RegistryResponse unreadableBody(RegistryRequest request, OptionalLong uploadOffset)
            throws IOException {
        IOException failure = Objects.requireNonNull(request.requestBody().failure());
        if (!(failure instanceof UnreadableBodyException unreadable)) {
            throw failure;
        }
        if (unreadable.isCutOff()) {
            RegistryException cut = RegistryException.of(
                    ErrorCode.SIZE_INVALID,
                    "The body of the request was cut off after "
                            + request.requestBody().count() + " bytes; send it again",
                    failure);
            return ErrorResponses.of(
                    request, uploadOffset.isPresent() ? cut.withUploadOffset(uploadOffset.getAsLong()) : cut);
        }
        return ErrorResponses.malformed(unreadable.status(), unreadable.reason());
    }
}
