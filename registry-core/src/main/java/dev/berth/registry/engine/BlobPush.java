package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.internal.store.SourceFailedException;
import dev.berth.registry.internal.store.SourceSizeException;
import dev.berth.registry.internal.store.VerifiedSource;
import dev.berth.registry.internal.store.WrongDigestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.OptionalLong;

/**
 * Pushes a blob in one call. A small blob is one write. A larger one is written directly under its final key if its size
 * is known and the store can do that, and through an upload otherwise.
 */
final class BlobPush {
    private static final int SMALL_BYTES = 64 * 1024;

    private final Engine engine;
    private final RepositoryName repository;

    BlobPush(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    Descriptor push(Digest expected, BlobSource content) throws IOException {
        OptionalLong size = content.size();
        if (size.isPresent() && size.getAsLong() > SMALL_BYTES) {
            return large(expected, content, size.getAsLong());
        }
        try (InputStream stream = SourceFailedException.open(content)) {
            byte[] beginning = readUpTo(stream, SMALL_BYTES + 1);
            if (beginning.length > SMALL_BYTES) {
                return upload(expected, whole(beginning, stream, size));
            }
            checkSize(size, beginning.length);
            Digest actual = Digest.compute(expected.algorithm(), beginning);
            if (!actual.equals(expected)) {
                throw StoredBlobs.wrongDigest(repository, expected, actual);
            }
            engine.data.write(expected, beginning);
            new StoredBlobs(engine, repository).link(expected, expected);
            return StoredBlobs.descriptor(expected, beginning.length);
        }
    }

    private Descriptor large(Digest expected, BlobSource content, long size) throws IOException {
        boolean written;
        try (VerifiedSource source = new VerifiedSource(content, expected)) {
            written = engine.data.write(expected, source, size);
        } catch (WrongDigestException e) {
            throw StoredBlobs.wrongDigest(repository, expected, e.actual());
        }
        if (!written) {
            return upload(expected, content);
        }
        new StoredBlobs(engine, repository).link(expected, expected);
        return StoredBlobs.descriptor(expected, size);
    }

    private static BlobSource whole(byte[] beginning, InputStream rest, OptionalLong size) {
        InputStream stream = new SequenceInputStream(new ByteArrayInputStream(beginning), rest);
        return size.isPresent() ? BlobSource.once(stream, size.getAsLong()) : BlobSource.once(stream);
    }

    private Descriptor upload(Digest expected, BlobSource content) throws IOException {
        StoredUpload upload = new StoredBlobs(engine, repository).start(UploadOptions.of(expected.algorithm()));
        try {
            upload.append(0, content);
            return upload.commit(expected);
        } catch (RegistryException e) {
            try {
                upload.cancel();
            } catch (RegistryException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private static byte[] readUpTo(InputStream stream, int most) throws IOException {
        try {
            return stream.readNBytes(most);
        } catch (IOException e) {
            throw new SourceFailedException(e);
        }
    }

    private static void checkSize(OptionalLong announced, long actual) throws IOException {
        if (announced.isPresent() && announced.getAsLong() != actual) {
            throw new SourceSizeException(
                    "the content has " + actual + " bytes, not the " + announced.getAsLong() + " announced");
        }
    }
}
