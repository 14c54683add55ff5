package dev.berth.registry.client;

import dev.berth.registry.BlobSource;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import dev.berth.registry.internal.wire.UploadRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One append to an upload. The range of a request lets the registry refuse an append at the wrong offset, so the first
 * request always has one: if the length of the content is unknown, its first bytes are read ahead and sent on their own.
 * For one thread.
 */
final class RemoteUploadAppend {
    private static final int READ_AHEAD = 64 * 1024;

    private final RemoteContext context;
    private final UploadSession session;
    private final RepositoryName name;

    RemoteUploadAppend(RemoteContext context, UploadSession session, RepositoryName name) {
        this.context = context;
        this.session = session;
        this.name = name;
    }

    /** Appends, and returns the new offset. */
    long run(long at, BlobSource content) {
        OptionalLong size = content.size();
        if (size.isPresent() && size.getAsLong() > READ_AHEAD) {
            return send(at, content, true);
        }
        byte[] ahead;
        try (InputStream stream = content.open()) {
            Beginning beginning = Beginning.read(stream);
            ahead = beginning.bytes;
            if (size.isPresent()) {
                requireSize(size.getAsLong(), beginning);
            }
            if (!beginning.ended && beginning.failure == null) {
                return sendInTwo(at, ahead, stream);
            }
            long after = ahead.length == 0 && beginning.failure == null ? nothing(at) : sendBytes(at, ahead);
            if (beginning.failure != null) {
                throw sourceFailed(beginning.failure, after);
            }
            return after;
        } catch (IOException e) {
            throw sourceFailed(e, at);
        }
    }

    /** The first bytes of a content, read ahead. */
    private static final class Beginning {
        private final byte[] bytes;
        private final boolean ended;
        private final @Nullable IOException failure;

        private Beginning(byte[] bytes, boolean ended, @Nullable IOException failure) {
            this.bytes = bytes;
            this.ended = ended;
            this.failure = failure;
        }

        /** Reads one byte more than is sent ahead, to see whether the content ends there. */
        static Beginning read(InputStream stream) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[8 * 1024];
            try {
                while (bytes.size() <= READ_AHEAD) {
                    int count = stream.read(buffer, 0, Math.min(buffer.length, READ_AHEAD + 1 - bytes.size()));
                    if (count < 0) {
                        return new Beginning(bytes.toByteArray(), true, null);
                    }
                    bytes.write(buffer, 0, count);
                }
                return new Beginning(bytes.toByteArray(), false, null);
            } catch (IOException e) {
                return new Beginning(bytes.toByteArray(), false, e);
            } catch (RuntimeException e) {
                return new Beginning(bytes.toByteArray(), false, new IOException(String.valueOf(e.getMessage()), e));
            }
        }
    }

    private void requireSize(long said, Beginning beginning) {
        boolean different = beginning.ended ? beginning.bytes.length != said : beginning.bytes.length > said;
        if (different) {
            throw RegistryException.of(
                    ErrorCode.SIZE_INVALID,
                    "The content for an upload to " + name + " has " + (beginning.ended ? "" : "at least ")
                            + beginning.bytes.length + " bytes, not " + said + " as its source said");
        }
    }

    private long sendInTwo(long at, byte[] ahead, InputStream rest) {
        if (ahead.length < session.minimumChunkLength()) {
            // Shorter than the registry's minimum chunk: sent without a range, at the current offset.
            long before = RemoteUpload.requireOpen(session, at).orElse(0);
            if (before != at) {
                throw RemoteUpload.elsewhere(name, at, before);
            }
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(ahead), rest);
            return send(at, BlobSource.once(whole), false);
        }
        return send(sendBytes(at, ahead), BlobSource.once(rest), false);
    }

    private long sendBytes(long at, byte[] bytes) {
        if (bytes.length == 0) {
            return at;
        }
        return send(at, BlobSource.of(bytes), true);
    }

    /** An empty range cannot be expressed, so the offset is checked instead. */
    private long nothing(long at) {
        long current = RemoteUpload.requireOpen(session, at).orElse(0);
        if (current != at) {
            throw RemoteUpload.elsewhere(name, at, current);
        }
        return at;
    }

    private RegistryException sourceFailed(IOException e, long arrived) {
        return RegistryException.builder(RegistryError.of(
                        ErrorCode.UNAVAILABLE,
                        "The content for an upload to " + name + " could not be read (" + e.getMessage() + ")"))
                .cause(e)
                .uploadOffset(arrived)
                .build();
    }

    private long send(long at, BlobSource source, boolean ranged) {
        try (PushSource content = new PushSource(source, Optional.empty(), "an upload to " + name)) {
            return send(at, content, ranged);
        } catch (AttemptFailedException e) {
            throw e.failure().uploadOffset().isPresent() ? e.failure() : withOffset(e.failure(), at);
        }
    }

    /** Adds the offset of the upload to a failure, if the registry still tells it. */
    private RegistryException withOffset(RegistryException failure, long at) {
        OptionalLong arrived = OptionalLong.empty();
        if (failure.code() != ErrorCode.BLOB_UPLOAD_UNKNOWN
                && !Thread.currentThread().isInterrupted()) {
            try {
                arrived = session.arrived(at);
            } catch (RegistryException e) {
                failure.addSuppressed(e);
            }
        }
        if (arrived.isEmpty()) {
            return failure;
        }
        RegistryException.Builder told = RegistryException.builder(failure.errors())
                .cause(failure)
                .challenges(failure.challenges())
                .uploadOffset(arrived.getAsLong());
        failure.retryAfter().ifPresent(told::retryAfter);
        if (failure.isRemote()) {
            told.remote();
        }
        return told.build();
    }

    private long send(long at, PushSource content, boolean ranged) throws AttemptFailedException {
        RetryAttempts attempts = context.client().newAttempts();
        long done = 0;
        boolean resumed = false;
        while (true) {
            try {
                if (!resumed || !content.wasSentCompletely() || done < content.sent()) {
                    session.patch(at + done, content.from(done), range(at, done, content, ranged));
                }
                return at + content.sent();
            } catch (AttemptFailedException e) {
                boolean mayStillArrive = resumed && e.failure().code() == ErrorCode.RANGE_INVALID;
                if (!e.isTransient() && !mayStillArrive) {
                    throw e;
                }
                attempts.awaitNext(e.isTransient() ? e : AttemptFailedException.of(Kind.UNCERTAIN, e.failure()));
                long arrived = RemoteUpload.requireOpen(session, at + done).orElse(0) - at;
                if (arrived < done || arrived > content.sent()) {
                    // Another client has appended, or the registry has lost bytes.
                    throw RemoteUpload.elsewhere(name, at + done, at + arrived);
                }
                if (!content.canSendFrom(arrived)) {
                    throw e;
                }
                if (arrived > done) {
                    attempts.madeProgress();
                }
                done = arrived;
                resumed = true;
            }
        }
    }

    private static Optional<UploadRange> range(long at, long done, PushSource content, boolean ranged) {
        OptionalLong size = content.size();
        if (!ranged || size.isEmpty() || done >= size.getAsLong()) {
            return Optional.empty();
        }
        return Optional.of(new UploadRange(at + done, at + size.getAsLong() - 1));
    }
}
