package dev.berth.registry.client;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.internal.wire.RangeHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The blobs of a repository of a {@link RemoteRegistry}. */
final class RemoteBlobs implements Blobs {
    private static final int CREATED = 201;

    private final RemoteContext context;
    private final RepositoryName name;

    RemoteBlobs(RemoteContext context, RepositoryName name) {
        this.context = context;
        this.name = name;
    }

    RetryAttempts newAttempts() {
        return context.client().newAttempts();
    }

    @Override
    public Optional<Descriptor> find(Digest digest) {
        Objects.requireNonNull(digest, "digest");
        ApiRequest request = request("HEAD", digest)
                .accept(404)
                .what("look for " + what(digest), digest)
                .build();
        IncomingResponse response = context.client().callForHead(request);
        if (response.status() == 404) {
            return Optional.empty();
        }
        ContentDigestHeader.require(response, digest, "the blob");
        long size = length(response).orElseGet(() -> sizeByRange(digest));
        return Optional.of(Descriptor.of(MediaTypes.OCTET_STREAM, digest, size));
    }

    private static OptionalLong length(IncomingResponse response) {
        return response.header(WireHeaders.CONTENT_LENGTH)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** Returns the size of a blob whose content does not tell it. */
    long sizeOf(Digest digest) {
        return find(digest)
                .orElseThrow(() -> RemoteContent.odd(digest, "sends it, but says that it is not there"))
                .size();
    }

    /** A registry that does not tell the size of a blob may tell of what its first byte is a part. */
    private long sizeByRange(Digest digest) {
        try (IncomingResponse response = get(digest, Optional.of(ByteRange.between(0, 0)))) {
            OptionalLong size = response.status() == 206
                    ? RemoteContent.part(response, digest).totalSize()
                    : response.bodyLength();
            return size.orElseThrow(() -> RemoteContent.odd(digest, "does not tell how long it is"));
        }
    }

    @Override
    public BlobContent open(Digest digest, ByteRange range) {
        Objects.requireNonNull(digest, "digest");
        return RemoteContent.open(this, digest, Objects.requireNonNull(range, "range"));
    }

    /** Asks for a blob, or a part of it. The caller closes the response. */
    IncomingResponse get(Digest digest, Optional<ByteRange> range) {
        ApiRequest.Builder request = request("GET", digest).what("pull " + what(digest), digest);
        range.ifPresent(part -> request.header(WireHeaders.RANGE, RangeHeader.format(part)));
        return context.client().call(request.build());
    }

    private ApiRequest.Builder request(String method, Digest digest) {
        URI address = context.client().address(ApiPath.ofBlob(name, digest));
        return ApiRequest.builder(method, address, ApiResource.BLOB, Access.pull(name));
    }

    @Override
    public Descriptor push(Digest expected, BlobSource content) {
        Objects.requireNonNull(expected, "expected");
        return RemoteBlobPush.run(context, name, expected, Objects.requireNonNull(content, "content"));
    }

    @Override
    public Optional<Descriptor> mount(Digest digest, MountSource source) {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(source, "source");
        QueryParameters.Builder query = QueryParameters.builder().add("mount", digest);
        Access access = Access.push(name);
        if (source instanceof MountSource.From from) {
            query.add("from", from.repository());
            access = Access.mount(name, from.repository());
        } else if (source instanceof MountSource.AnyReadable) {
            // The registry cannot be told the predicate, and would take the blob from anywhere.
            return Optional.empty();
        }
        URI address = context.client().address(ApiPath.ofUploads(name) + query.build());
        ApiRequest request = ApiRequest.builder("POST", address, ApiResource.UPLOADS, access)
                .content(RequestContent.of(new byte[0]))
                // Why it cannot be mounted, the push that follows will tell if it matters.
                .accept(400, 401, 403, 404, 405)
                .what("mount " + what(digest), digest)
                .build();
        return mounted(request, digest);
    }

    private Optional<Descriptor> mounted(ApiRequest request, Digest digest) {
        IncomingResponse response;
        try {
            response = context.client().callForHead(request);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.UNAUTHORIZED || e.code() == ErrorCode.DENIED) {
                return Optional.empty();
            }
            throw e;
        }
        if (response.status() == CREATED) {
            return find(digest);
        }
        if (response.status() < 300) {
            // An upload was begun instead, which nobody asked for.
            UploadSession.started(context, name, response).giveUp();
        }
        return Optional.empty();
    }

    @Override
    public BlobUpload startUpload(UploadOptions options) {
        UploadSession session = UploadSession.start(context, name, options.algorithm());
        return new RemoteUpload(context, name, session, 0);
    }

    @Override
    public BlobUpload resumeUpload(UploadId id) {
        URI address = context.uploads()
                .address(context.client().origin(), name, Objects.requireNonNull(id, "id"))
                .orElseThrow(() -> UploadSession.unknown(name));
        UploadSession session = UploadSession.at(context, name, address);
        long offset = RemoteUpload.requireOpen(session, 0).orElse(0);
        return new RemoteUpload(context, name, session, offset);
    }

    @Override
    public boolean delete(Digest digest) {
        Objects.requireNonNull(digest, "digest");
        URI address = context.client().address(ApiPath.ofBlob(name, digest));
        ApiRequest request = ApiRequest.builder("DELETE", address, ApiResource.BLOB, Access.delete(name))
                .accept(404)
                .what("delete " + what(digest), digest)
                .build();
        return context.client().callForHead(request).status() != 404;
    }

    private String what(Digest digest) {
        return "the blob " + digest + " of " + name;
    }
}
