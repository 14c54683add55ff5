package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads and replaces the states of uploads. Every change of an upload is one conditional put of its state, so of
 * several concurrent changes, on any nodes, one succeeds.
 */
final class UploadStates {
    /** The time after which a commit whose lease was not renewed may be repeated. */
    static final Duration LEASE = Duration.ofMinutes(5);

    private final Bucket bucket;

    UploadStates(Bucket bucket) {
        this.bucket = bucket;
    }

    /**
     * A state as it was read or written.
     *
     * @param etag its version
     * @param age how long ago it was written when it was read, by the service's clock
     */
    record VersionedState(UploadState state, String etag, Duration age) {
        /** Whether a commit holds the lease. */
        boolean isCommitting() {
            return state.target().isPresent() && age.compareTo(LEASE) < 0;
        }
    }

    static String name(String staging) {
        return staging + "/state";
    }

    /** Writes the first state, or returns empty if there is one. */
    Optional<VersionedState> create(String staging, UploadState state) throws IOException {
        return bucket.putIfAbsent(name(staging), state.bytes(UUID.randomUUID().toString()))
                .map(etag -> new VersionedState(state, etag, Duration.ZERO));
    }

    Optional<VersionedState> find(String staging) throws IOException {
        Optional<Bucket.Opened> opened = bucket.get(name(staging));
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        GetObjectResponse head = opened.get().head();
        byte[] bytes;
        try (ResponseInputStream<GetObjectResponse> body = opened.get().body()) {
            bytes = body.readAllBytes();
        }
        UploadState state = UploadState.parse(bytes)
                .orElseThrow(() -> new IOException("The state of the upload " + staging
                        + " was written by a version of Berth that this one does not understand, or is damaged"));
        return Optional.of(new VersionedState(state, Bucket.version(name(staging), head.eTag()), age(head)));
    }

    VersionedState read(String staging) throws IOException {
        return find(staging).orElseThrow(() -> gone(staging));
    }

    /** Writes a new state in the place of one, or returns empty if there is another one, or none any more. */
    Optional<VersionedState> replace(String staging, VersionedState before, UploadState after) throws IOException {
        return bucket.putIfMatch(name(staging), after.bytes(UUID.randomUUID().toString()), before.etag())
                .map(etag -> new VersionedState(after, etag, Duration.ZERO));
    }

    static UploadGoneException gone(String staging) {
        return new UploadGoneException("The upload " + staging + " was committed or aborted");
    }

    private static Duration age(GetObjectResponse head) {
        return Duration.between(head.lastModified(), ServiceClock.of(head.sdkHttpResponse()));
    }
}
