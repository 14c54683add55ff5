package dev.berth.registry.engine;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.hash.SourceFailedException;
import dev.berth.registry.internal.hash.SourceSizeException;
import dev.berth.registry.internal.hash.VerifiedSource;
import dev.berth.registry.internal.hash.WrongDigestException;
import dev.berth.registry.internal.store.BlobData;
import dev.berth.registry.storage.ObjectBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Stores a blob whose content arrives in one piece. A small blob is one batch. A larger one is written directly under its
 * final key if its size is known and the store can do that, and staged otherwise.
 */
abstract class WholeBlob {
    private static final int SMALL_BYTES = 64 * 1024;

    final Engine engine;
    final RepositoryName repository;

    WholeBlob(Engine engine, RepositoryName repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /** Returns whether these bytes need not be written. */
    abstract boolean isStored(Digest digest, byte[] bytes) throws IOException;

    /** Makes the changes that make the blob visible. */
    abstract void complete(ObjectBatch.Builder changes) throws IOException;

    /** Stores content through an upload. */
    abstract Descriptor stage(Digest expected, BlobSource content) throws IOException;

    /** Returns the failure for content that has another digest. */
    abstract RegistryException wrongDigest(Digest expected, Digest actual) throws IOException;

    /** Called with content that has another digest, all of which is here. */
    Descriptor other(Digest expected, Digest actual, byte[] bytes) throws IOException {
        throw wrongDigest(expected, actual);
    }

    Descriptor push(Digest expected, BlobSource content) throws IOException {
        try (BlobWrite write = new BlobWrite(engine, repository, expected)) {
            return push(expected, content, write);
        }
    }

    private Descriptor push(Digest expected, BlobSource content, BlobWrite write) throws IOException {
        OptionalLong size = content.size();
        if (size.isPresent() && size.getAsLong() > SMALL_BYTES) {
            return large(expected, content, size.getAsLong(), write);
        }
        try (InputStream stream = SourceFailedException.open(content)) {
            byte[] beginning = readUpTo(stream, (int) size.orElse(SMALL_BYTES) + 1);
            if (size.isEmpty() && beginning.length > SMALL_BYTES) {
                return stage(expected, whole(beginning, stream));
            }
            checkSize(size, beginning.length);
            return small(expected, beginning, write);
        }
    }

    /**
     * Data, holder, link and candidate in one batch: every subset of it is harmless. A link without data counts as missing; data
     * without a link is for collection; {@link StoredBlobs#addLink} says it of the others.
     */
    private Descriptor small(Digest expected, byte[] bytes, BlobWrite write) throws IOException {
        Digest actual = Digest.compute(expected.algorithm(), bytes);
        if (!actual.equals(expected)) {
            return other(expected, actual, bytes);
        }
        write.begin();
        ObjectBatch.Builder changes = ObjectBatch.builder();
        boolean stored = isStored(expected, bytes);
        if (!stored) {
            BlobData.add(changes, expected, bytes);
        }
        StoredBlobs.addLink(engine, changes, repository, expected, expected);
        complete(changes);
        if (!stored) {
            engine.data.stored(expected, bytes.length);
        }
        write.confirm(bytes.length, () -> engine.data.write(expected, bytes));
        return StoredBlobs.descriptor(expected, bytes.length);
    }

    private Descriptor large(Digest expected, BlobSource content, long size, BlobWrite write) throws IOException {
        write.begin();
        boolean written;
        try (VerifiedSource source = new VerifiedSource(content, expected)) {
            written = engine.data.write(expected, source, size);
        } catch (WrongDigestException e) {
            throw wrongDigest(expected, e.actual());
        }
        if (!written) {
            return stage(expected, content);
        }
        ObjectBatch.Builder changes = ObjectBatch.builder();
        StoredBlobs.addLink(engine, changes, repository, expected, expected);
        complete(changes);
        write.confirm(size, () -> {
            throw write.removed();
        });
        return StoredBlobs.descriptor(expected, size);
    }

    private static BlobSource whole(byte[] beginning, InputStream rest) {
        return BlobSource.once(new SequenceInputStream(new ByteArrayInputStream(beginning), rest));
    }

    private static byte[] readUpTo(InputStream stream, int most) throws IOException {
        byte[] bytes = new byte[most];
        try {
            int count = stream.readNBytes(bytes, 0, most);
            return count == most ? bytes : Arrays.copyOf(bytes, count);
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
