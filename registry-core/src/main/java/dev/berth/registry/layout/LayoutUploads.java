package dev.berth.registry.layout;

import com.google.common.collect.MapMaker;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** Blobs on their way into a layout. Each is a file in it, which outlives this process. Thread-safe. */
final class LayoutUploads {
    /** What {@link #start} makes; anything else never becomes part of a path. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final LayoutDirectory directory;

    /** Those that somebody uses, so that two objects for the same upload share its lock. */
    private final ConcurrentMap<String, Session> sessions =
            new MapMaker().weakValues().makeMap();

    /**
     * An upload. Its lock is held while it is changed.
     *
     * @param lock tried, never waited for
     */
    record Session(String id, UploadFile file, ReentrantLock lock) {}

    LayoutUploads(LayoutDirectory directory) {
        this.directory = directory;
    }

    Session start(DigestAlgorithm algorithm) throws IOException {
        String id = UUID.randomUUID().toString();
        Session session = session(id, algorithm);
        session.file().create();
        return session;
    }

    Optional<Session> find(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        Session session = session(id, DigestAlgorithm.SHA256);
        return session.file().exists() ? Optional.of(session) : Optional.empty();
    }

    private Session session(String id, DigestAlgorithm algorithm) {
        return sessions.computeIfAbsent(
                id, key -> new Session(key, new UploadFile(directory.temporary(key), algorithm), new ReentrantLock()));
    }

    /** Stores a blob in one go. Returns its size in bytes. */
    long push(Digest expected, BlobSource content) throws IOException {
        UploadFile file = new UploadFile(directory.temporary(UUID.randomUUID().toString()), expected.algorithm());
        try {
            file.create();
            file.append(content);
            return finish(file, expected);
        } finally {
            file.delete();
        }
    }

    /** Gives an upload its name as a blob, if it has the digest. Returns its size in bytes. */
    long finish(UploadFile file, Digest expected) throws IOException {
        Digest actual = file.digest(expected.algorithm());
        if (!actual.equals(expected)) {
            file.delete();
            throw RegistryException.builder(new RegistryError(
                            ErrorCode.DIGEST_INVALID,
                            "What was pushed into " + directory.place() + " is not " + expected + ": its digest is "
                                    + actual + "; push it again",
                            Map.of("digest", expected.toString(), "actual", actual.toString())))
                    .build();
        }
        long size = file.size();
        file.synchronise();
        directory.keep(file.path(), expected);
        return size;
    }
}
