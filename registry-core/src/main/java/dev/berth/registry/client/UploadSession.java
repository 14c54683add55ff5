package dev.berth.registry.client;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.client.http.Addresses;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.Decimal;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.internal.wire.UploadRange;
import dev.berth.registry.internal.wire.WireHeaders;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An upload session on the registry's side, and the requests that it takes. The address comes from the registry and may
 * change with each answer. For one thread.
 */
final class UploadSession {
    private final RemoteContext context;
    private final RepositoryName name;
    private final long minimumChunkLength;
    private URI address;

    private UploadSession(RemoteContext context, RepositoryName name, URI address, long minimumChunkLength) {
        this.context = context;
        this.name = name;
        this.address = address;
        this.minimumChunkLength = minimumChunkLength;
    }

    /** Starts a session (end-4a, end-4c). */
    static UploadSession start(RemoteContext context, RepositoryName name, DigestAlgorithm algorithm) {
        String query = algorithm == DigestAlgorithm.SHA256
                ? ""
                : QueryParameters.builder().add("digest-algorithm", algorithm).build();
        URI start = context.client().address(ApiPath.ofUploads(name) + query);
        ApiRequest request = ApiRequest.builder("POST", start, ApiResource.UPLOADS, Access.push(name))
                .content(RequestContent.of(new byte[0]))
                .what("start an upload to " + name, name)
                .build();
        return started(context, name, context.client().callForHead(request));
    }

    /** Returns the session that a response has started. */
    static UploadSession started(RemoteContext context, RepositoryName name, IncomingResponse response) {
        URI address = response.header(WireHeaders.LOCATION)
                .flatMap(location -> Addresses.resolve(response.address(), location))
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.UNAVAILABLE,
                        "Could not start an upload to " + name + ": "
                                + context.client().origin() + " answered with " + response.status()
                                + " and without the address of an upload"));
        long minimum = response.header(WireHeaders.CHUNK_MIN_LENGTH)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
        return new UploadSession(context, name, address, minimum);
    }

    /** Returns a session that was started before. */
    static UploadSession at(RemoteContext context, RepositoryName name, URI address) {
        return new UploadSession(context, name, address, 0);
    }

    UploadId id() {
        try {
            return context.uploads().id(context.client().origin(), name, address);
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "The registry gave the upload to " + name + " an address that is too long",
                    e);
        }
    }

    long minimumChunkLength() {
        return minimumChunkLength;
    }

    /**
     * Asks how many bytes have arrived (end-13).
     *
     * @param likely what it should be: the specification has no way to tell one byte from none
     * @return the number, or empty if the session is over
     */
    OptionalLong arrived(long likely) {
        ApiRequest request = request("GET", address)
                .accept(404)
                .what("ask how far an upload to " + name + " is", name)
                .build();
        IncomingResponse response = context.client().callForHead(request);
        if (response.status() == 404) {
            return OptionalLong.empty();
        }
        moved(response);
        OptionalLong sure =
                response.header(WireHeaders.UPLOAD_OFFSET).map(Decimal::parse).orElse(OptionalLong.empty());
        if (sure.isPresent()) {
            return sure;
        }
        long told = received(response).orElse(0);
        return OptionalLong.of(told == 0 && likely == 1 ? 1 : told);
    }

    private static OptionalLong received(IncomingResponse response) {
        return response.header(WireHeaders.RANGE)
                .map(UploadRange::parseReceived)
                .orElse(OptionalLong.empty());
    }

    /**
     * Sends a piece (end-5), once. With its range the registry can refuse one that does not belong there; where that is
     * not known, a registry that understands it can do so by the position of the first byte.
     */
    void patch(long offset, RequestContent content, Optional<UploadRange> range) throws AttemptFailedException {
        ApiRequest.Builder request = request("PATCH", address)
                .header(WireHeaders.CONTENT_TYPE, "application/octet-stream")
                .header(WireHeaders.UPLOAD_OFFSET, Long.toString(offset))
                .content(content)
                .what("send a piece of an upload to " + name, name);
        range.ifPresent(piece -> request.header(WireHeaders.CONTENT_RANGE, piece.toString()));
        IncomingResponse response = context.client().attempt(request.build());
        ApiExchange.discard(response);
        moved(response);
    }

    /** Closes the session (end-6), once, with all of the content or with none. */
    void finish(Digest digest, Optional<RequestContent> content) throws AttemptFailedException {
        String parameter =
                QueryParameters.builder().add("digest", digest).build().substring(1);
        ApiRequest.Builder request = request("PUT", Addresses.withParameter(address, parameter))
                .content(content.orElseGet(() -> RequestContent.of(new byte[0])))
                .what("push the blob " + digest + " to " + name, digest);
        if (content.isPresent()) {
            request.header(WireHeaders.CONTENT_TYPE, "application/octet-stream");
        }
        IncomingResponse response = context.client().attempt(request.build());
        ApiExchange.discard(response);
        ContentDigestHeader.require(response, digest, "the blob");
    }

    /** Ends the session (end-14). That it cannot be ended, or has ended already, is no failure: it expires. */
    void cancel() {
        try {
            ApiRequest request = request("DELETE", address)
                    .accept(400, 404, 405)
                    .what("cancel an upload to " + name, name)
                    .build();
            context.client().callForHead(request);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.UNAVAILABLE) {
                throw e;
            }
        }
    }

    /** Ends the session where something else has failed already, and is what the caller is told. */
    void giveUp() {
        try {
            ApiRequest request = request("DELETE", address)
                    .accept(400, 404, 405)
                    .what("cancel an upload to " + name, name)
                    .build();
            ApiExchange.discard(context.client().attempt(request));
        } catch (AttemptFailedException | RegistryException e) {
            // It expires.
            return;
        }
    }

    private ApiRequest.Builder request(String method, URI target) {
        return ApiRequest.builder(method, target, ApiResource.UPLOAD, Access.push(name));
    }

    private void moved(IncomingResponse response) {
        response.header(WireHeaders.LOCATION)
                .flatMap(location -> Addresses.resolve(response.address(), location))
                .ifPresent(newest -> address = newest);
    }

    /** Returns the exception that says that the session is over. */
    RegistryException over() {
        return unknown(name);
    }

    static RegistryException unknown(RepositoryName name) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.BLOB_UPLOAD_UNKNOWN,
                        "There is no such upload to " + name
                                + ": it was finished, cancelled, has expired, or never was; start a new one",
                        Map.of("name", name.value())))
                .build();
    }
}
