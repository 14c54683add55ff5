package dev.berth.registry.client;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** An upload to a {@link RemoteRegistry}. All state is on the other side; the offset is what is known of it here. */
final class RemoteUpload implements BlobUpload {
    private final RemoteContext context;
    private final RepositoryName name;
    private final UploadSession session;
    private long offset;

    RemoteUpload(RemoteContext context, RepositoryName name, UploadSession session, long offset) {
        this.context = context;
        this.name = name;
        this.session = session;
        this.offset = offset;
    }

    @Override
    public UploadId id() {
        return session.id();
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public long minimumChunkLength() {
        return session.minimumChunkLength();
    }

    @Override
    public long append(long at, BlobSource content) {
        Objects.requireNonNull(content, "content");
        try {
            if (at != offset) {
                // Not every registry looks at the range of what it is sent.
                requireAt(at);
            }
            offset = new RemoteUploadAppend(context, session, name).run(at, content);
            return offset;
        } catch (RegistryException e) {
            if (e.uploadOffset().isPresent()) {
                offset = e.uploadOffset().getAsLong();
            }
            throw e;
        }
    }

    private void requireAt(long at) {
        // Where the answer does not say it for sure, the registry will, by the range that it is sent.
        long current = requireOpen(session, at).orElse(0);
        if (current != at) {
            throw elsewhere(name, at, current);
        }
    }

    @Override
    public Descriptor commit(Digest expected) {
        Objects.requireNonNull(expected, "expected");
        RetryAttempts tries = context.client().newAttempts();
        boolean uncertain = false;
        while (true) {
            try {
                session.finish(expected, Optional.empty());
                return descriptor(expected);
            } catch (AttemptFailedException e) {
                // Perhaps an attempt whose answer was lost has done it.
                if (uncertain && e.failure().code() == ErrorCode.BLOB_UPLOAD_UNKNOWN) {
                    Optional<Descriptor> blob = new RemoteBlobs(context, name).find(expected);
                    if (blob.isPresent() && blob.get().size() == offset) {
                        return blob.get();
                    }
                }
                if (e.failure().code() == ErrorCode.DIGEST_INVALID) {
                    // Its bytes are of no use any more, but some registries keep them.
                    session.giveUp();
                }
                uncertain |= e.kind() == Kind.UNCERTAIN;
                awaitNext(tries, e);
            }
        }
    }

    private Descriptor descriptor(Digest expected) {
        if (offset == 0 && !expected.equals(Digest.compute(expected.algorithm(), new byte[0]))) {
            // Of an upload that was resumed, the registry could not say that it has one byte.
            return new RemoteBlobs(context, name)
                    .find(expected)
                    .orElse(Descriptor.of(MediaTypes.OCTET_STREAM, expected, 1));
        }
        return Descriptor.of(MediaTypes.OCTET_STREAM, expected, offset);
    }

    private static void awaitNext(RetryAttempts tries, AttemptFailedException e) {
        try {
            tries.awaitNext(e);
        } catch (AttemptFailedException last) {
            throw last.failure();
        }
    }

    @Override
    public void cancel() {
        session.cancel();
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    /** Returns the exception that says where an upload is. */
    static RegistryException elsewhere(RepositoryName name, long wanted, long current) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.RANGE_INVALID,
                        "The upload to " + name + " is at offset " + current + ", not at " + wanted,
                        Map.of("offset", Long.toString(current))))
                .uploadOffset(current)
                .build();
    }

    /** Returns where a session is, or fails if it is over. */
    static OptionalLong requireOpen(UploadSession session, long likely) {
        OptionalLong arrived = session.arrived(likely);
        if (arrived.isEmpty()) {
            throw session.over();
        }
        return arrived;
    }
}
