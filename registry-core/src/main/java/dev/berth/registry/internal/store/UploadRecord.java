package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.hash.IncrementalDigest;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of an upload besides its bytes. Stored as lines of text.
 *
 * @param repository the repository in which it was started; it is unknown in all others
 * @param algorithm the algorithm with which its bytes are hashed as they arrive
 * @param lastActive when it was started or last appended to
 * @param hashed the number of bytes that {@code soFar} covers; the store may have more if a process died
 * @param soFar the digest of these bytes
 * @param epoch the {@linkplain dev.berth.registry.storage.ObjectStore#transientEpoch epoch} of the store
 */
public record UploadRecord(
        RepositoryName repository,
        DigestAlgorithm algorithm,
        Instant lastActive,
        long hashed,
        Digest soFar,
        String epoch) {

    /** Returns the record of an upload without bytes. */
    static UploadRecord start(RepositoryName repository, DigestAlgorithm algorithm, Instant now, String epoch) {
        return new UploadRecord(
                repository,
                algorithm,
                now,
                0,
                IncrementalDigest.start(algorithm).soFar(),
                epoch);
    }

    /** Returns the record after an append. */
    public UploadRecord appended(IncrementalDigest hash, Instant now) {
        return new UploadRecord(repository, algorithm, now, hash.offset(), hash.soFar(), epoch);
    }

    byte[] bytes() {
        return (repository + "\n" + algorithm + "\n" + lastActive + "\n" + hashed + "\n" + soFar + "\n" + epoch + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static Optional<UploadRecord> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 7) {
            return Optional.empty();
        }
        try {
            return Optional.of(new UploadRecord(
                    RepositoryName.parse(lines[0]),
                    DigestAlgorithm.find(lines[1]).orElseThrow(IllegalArgumentException::new),
                    Instant.parse(lines[2]),
                    position(lines[3]),
                    Digest.parse(lines[4]),
                    lines[5]));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long position(String text) {
        long position = Long.parseLong(text);
        if (position < 0) {
            throw new IllegalArgumentException("A negative position");
        }
        return position;
    }
}
