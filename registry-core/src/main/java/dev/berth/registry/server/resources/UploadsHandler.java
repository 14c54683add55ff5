package dev.berth.registry.server.resources;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.AccessLimit;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RequestedAccess;
import java.util.Optional;

/** Mounts blobs, stores them in one request, and starts uploads (end-4, end-11). */
final class UploadsHandler implements ResourceHandler {

    @Override
    public RegistryResponse handle(ApiCall call) {
        Repository repository = call.repository();
        Optional<Digest> mount = call.query().first("mount").map(ApiPath::digest);
        Optional<Digest> digest = call.query().first("digest").map(ApiPath::digest);
        DigestAlgorithm algorithm = call.query()
                .first("digest-algorithm")
                .map(UploadsHandler::algorithm)
                .orElse(DigestAlgorithm.SHA256);
        if (mount.isPresent()) {
            Optional<Descriptor> mounted =
                    source(call).flatMap(source -> repository.blobs().mount(mount.get(), source));
            if (mounted.isPresent()) {
                return created(repository, mounted.get());
            }
        }
        if (mount.isPresent()) {
            algorithm = mount.get().algorithm();
        }
        if (digest.isPresent()) {
            return created(repository, repository.blobs().push(digest.get(), new BodySource(call.request()).whole()));
        }
        return start(repository.name(), repository.blobs(), UploadOptions.of(algorithm));
    }

    /** Returns what may be mounted from, within the limit of the caller: empty if that is nothing. */
    private static Optional<MountSource> source(ApiCall call) {
        Optional<AccessLimit> limit = call.request().caller().limit();
        Optional<RepositoryName> named = call.access().mountSource();
        if (named.isEmpty()) {
            return Optional.of(limit.map(narrower -> MountSource.anyReadable(narrower::allowsMountFrom))
                    .orElseGet(MountSource::any));
        }
        return named.filter(source -> call.request().caller().isWithinLimit(RequestedAccess.pull(source)))
                .map(MountSource::from);
    }

    private static RegistryResponse start(RepositoryName repository, Blobs blobs, UploadOptions options) {
        try (BlobUpload upload = blobs.startUpload(options)) {
            RegistryResponse.Builder response = ApiResponses.upload(202, repository, upload, 0);
            if (upload.minimumChunkLength() > 0) {
                response.header(WireHeaders.CHUNK_MIN_LENGTH, Long.toString(upload.minimumChunkLength()));
            }
            return response.build();
        }
    }

    static RegistryResponse created(Repository repository, Descriptor blob) {
        return ApiResponses.created(ApiPath.ofBlob(repository.name(), blob.digest()), blob.digest())
                .build();
    }

    private static DigestAlgorithm algorithm(String id) {
        return DigestAlgorithm.find(id)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.DIGEST_INVALID,
                        "The digest algorithm that the upload asks for is not supported; use sha256 or sha512"));
    }
}
