package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.internal.store.UploadRecords;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.UploadGoneException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An upload to a {@link StorageRegistry}. All its state is in the store, so that any process can resume it. What this
 * object and this process remember only saves reading.
 */
final class StoredUpload implements BlobUpload {
    private final Engine engine;
    private final UploadSession session;

    /** Whether this object has begun to make the bytes a blob: if that fails, it may have ended the upload itself. */
    private boolean committing;

    StoredUpload(Engine engine, RepositoryName repository, String id, Optional<UploadRecords.Versioned> seen) {
        this.engine = engine;
        this.session = new UploadSession(engine, repository, id, seen);
    }

    @Override
    public UploadId id() {
        return UploadId.of(session.id);
    }

    @Override
    public long offset() {
        return call("look at", Staging::size);
    }

    @Override
    public long append(long offset, BlobSource content) {
        return call("append to", staging -> append(staging, offset, content, false));
    }

    @Override
    public long append(OptionalLong offset, BlobSource content) {
        return call("append to", staging -> append(staging, beginning(staging, offset), content, false));
    }

    private long beginning(Staging staging, OptionalLong offset) throws IOException {
        if (offset.isPresent()) {
            return offset.getAsLong();
        }
        try {
            return staging.beginAtEnd();
        } catch (UploadGoneException | UploadConflictException e) {
            throw e;
        } catch (IOException e) {
            throw withOffset(staging, e);
        }
    }

    private long append(Staging staging, long offset, BlobSource content, boolean last) throws IOException {
        try {
            return new UploadAppend(session, last).run(staging, offset, content);
        } catch (RegistryException | UploadGoneException | UploadConflictException e) {
            throw e;
        } catch (IOException e) {
            throw withOffset(staging, e);
        }
    }

    /**
     * Adds the offset that holds after a failed append to the failure, if the store still says it.
     *
     * @throws UploadGoneException if the upload has ended, which is why the append has failed
     */
    private RegistryException withOffset(Staging staging, IOException failure) throws UploadGoneException {
        RegistryException told = StoreCalls.translate("append to " + session.name(), failure);
        try {
            return told.withUploadOffset(staging.size());
        } catch (UploadGoneException e) {
            e.addSuppressed(failure);
            throw e;
        } catch (IOException e) {
            return told;
        }
    }

    @Override
    public Descriptor commit(Digest expected) {
        return call("finish", staging -> commit(staging, expected));
    }

    private Descriptor commit(Staging staging, Digest expected) throws IOException {
        if (staging.isEmpty()) {
            return whole(staging, BlobSource.of(new byte[0]), expected);
        }
        return new UploadCommit(session).run(staging.existing(), expected, () -> committing = true);
    }

    @Override
    public Descriptor commit(OptionalLong offset, BlobSource last, Digest expected) {
        return call("append to", staging -> {
            if (offset.orElse(0) == 0 && (session.untold() || staging.isEmpty())) {
                return whole(staging, last, expected);
            }
            return appendAndCommit(staging, offset.isPresent() ? offset.getAsLong() : staging.size(), last, expected);
        });
    }

    /** As {@link #commit(OptionalLong, BlobSource, Digest)}, where the bytes are too many to be held. */
    Descriptor stage(Digest expected, BlobSource content) {
        return call("append to", staging -> appendAndCommit(staging, 0, content, expected));
    }

    private Descriptor appendAndCommit(Staging staging, long offset, BlobSource last, Digest expected)
            throws IOException {
        append(staging, offset, last, true);
        return new UploadCommit(session).run(staging.existing(), expected, () -> committing = true);
    }

    /**
     * Stores a blob of which nobody was told that anything is staged, and stages it only if that is the only way. Whether
     * something is staged all the same shows meanwhile, and matters only if the content is not the whole blob.
     */
    private Descriptor whole(Staging staging, BlobSource content, Digest expected) throws IOException {
        session.record();
        staging.look();
        WholeUpload whole = new WholeUpload(
                session,
                staging,
                () -> committing = true,
                (digest, bytes) -> appendAndCommit(staging, staging.size(), bytes, digest));
        try {
            return whole.push(expected, content);
        } catch (RegistryException | UploadGoneException | UploadConflictException e) {
            throw e;
        } catch (IOException e) {
            if (committing) {
                throw e;
            }
            throw withOffset(staging, e);
        }
    }

    @Override
    public void cancel() {
        engine.call("cancel " + session.name(), () -> {
            session.drop();
            return true;
        });
    }

    @Override
    public void close() {
        // There is nothing to release.
    }

    /** A use of the staged bytes. */
    private interface Use<T> {
        T with(Staging staging) throws IOException;
    }

    private <T> T call(String what, Use<T> use) {
        return engine.call(what + " " + session.name(), () -> {
            try (Staging staging = session.stage()) {
                return use.with(staging);
            } catch (UploadConflictException e) {
                throw conflict(e);
            } catch (UploadGoneException e) {
                throw unknown(session.repository, session.id);
            } catch (IOException e) {
                if (!committing && isGone(e)) {
                    throw unknown(session.repository, session.id);
                }
                throw e;
            } finally {
                session.leave();
            }
        });
    }

    /** Returns whether another request has ended the upload: its objects disappear one by one, and any use may fail. */
    private boolean isGone(IOException failure) {
        try (Staging staging = session.stage()) {
            session.reread();
            // Fails if the upload has ended.
            staging.isEmpty();
            return false;
        } catch (UploadGoneException e) {
            return true;
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private RegistryException conflict(UploadConflictException e) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.RANGE_INVALID,
                        "The upload " + session.id + " to " + session.repository + " is at offset " + e.currentSize()
                                + ": " + e.getMessage(),
                        Map.of("offset", Long.toString(e.currentSize()))))
                .cause(e)
                .uploadOffset(e.currentSize())
                .build();
    }

    static RegistryException unknown(RepositoryName repository, String id) {
        return RegistryException.of(
                ErrorCode.BLOB_UPLOAD_UNKNOWN,
                "There is no upload " + id + " to " + repository
                        + ": it was finished, cancelled, has expired, or never was; start a new one");
    }
}
