package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.hash.Hashing;
import dev.berth.registry.internal.hash.VerifiedSource;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of blobs and manifests, by digest, for all repositories. A repository shows them only through a link of its
 * own.
 */
public final class BlobData {
    private static final Logger LOG = LoggerFactory.getLogger(BlobData.class);

    private static final int PIECE = 16 * 1024;

    private final ObjectStore store;
    private final KnownContent known;

    BlobData(ObjectStore store, KnownContent known) {
        this.store = store;
        this.known = known;
    }

    /** Returns the size of the data, or empty if it is missing, empty, or known to have had another size. */
    public Optional<Long> size(Digest digest) throws IOException {
        return stat(digest).map(ObjectStat::size);
    }

    /** Returns the state of the data, or empty where {@link #size} does. */
    Optional<ObjectStat> stat(Digest digest) throws IOException {
        return store.stat(Keys.data(digest)).filter(stat -> intact(digest, stat));
    }

    /**
     * Returns whether this process has hashed data of this digest that was as large as the stored data is. Reads nothing.
     */
    public boolean known(Digest digest) throws IOException {
        return known.size(digest).isPresent() && size(digest).isPresent();
    }

    /** Returns whether this process knows how large the data is. Reads nothing. */
    public boolean isSizeKnown(Digest digest) {
        return known.size(digest).isPresent();
    }

    /** Says that the data is as large as an accepted manifest states. */
    public void stated(Digest digest, long size) {
        known.remember(digest, size);
    }

    /** Reads the data and returns whether it has its digest. Once it has, it is {@link #known}. */
    public boolean verify(Digest digest) throws IOException {
        Optional<ObjectContent> found = open(digest, 0, Long.MAX_VALUE);
        if (found.isEmpty()) {
            return false;
        }
        try (ObjectContent content = found.get()) {
            boolean intact = Hashing.of(content.stream(), digest.algorithm()).equals(digest);
            if (intact) {
                known.rememberVerified(digest, content.stat());
            }
            return intact;
        }
    }

    /** Returns whether this process has read this version of the data within this time, and it had its digest. */
    public boolean isVerified(Digest digest, ObjectStat stat, Duration age) {
        return known.isVerified(digest, stat, age);
    }

    /** Says that this version of the data was read, and has its digest. */
    public void verified(Digest digest, ObjectStat stat) {
        known.rememberVerified(digest, stat);
    }

    /** Opens a part of the data, or returns empty where {@link #size} does. */
    public Optional<ObjectContent> open(Digest digest, long offset, long length) throws IOException {
        Optional<ObjectContent> content = store.open(Keys.data(digest), offset, length);
        if (content.isPresent() && !intact(digest, content.get().stat())) {
            content.get().close();
            return Optional.empty();
        }
        return content;
    }

    /** Adds verified bytes to a batch. Once that is applied, {@link #stored} must be called. */
    public static void add(ObjectBatch.Builder batch, Digest digest, byte[] bytes) {
        batch.put(Keys.data(digest), bytes);
    }

    /** As the other method, for the verified bytes of an upload, which ends. Data that is there is replaced. */
    public static void add(ObjectBatch.Builder batch, Digest digest, ObjectUpload upload, long size) {
        batch.commit(upload, Keys.data(digest), size);
    }

    /** Notes that a batch has stored data, whose size is known from then on. */
    public void stored(Digest digest, long size) {
        known.remember(digest, size);
    }

    /** Stores verified bytes, whatever is there. */
    public void write(Digest digest, byte[] bytes) throws IOException {
        store.put(Keys.data(digest), bytes, PutCondition.always());
        stored(digest, bytes.length);
    }

    /**
     * Stores a stream directly under its final key, if the store can do that. The stream fails at its end if it does not
     * have the digest, and then nothing is stored. Data that is there is replaced: only reading all of it would show
     * whether it is intact.
     *
     * @return false if the store cannot do that; the stream was not read
     */
    public boolean write(Digest digest, VerifiedSource content, long size) throws IOException {
        if (!store.write(Keys.data(digest), content, size)) {
            return false;
        }
        stored(digest, size);
        return true;
    }

    /** Returns whether the data is there and consists of these bytes. */
    public boolean holds(Digest digest, byte[] bytes) throws IOException {
        Optional<ObjectContent> found = store.open(Keys.data(digest), 0, bytes.length + 1L);
        if (found.isEmpty()) {
            return false;
        }
        try (ObjectContent content = found.get()) {
            return content.stat().size() == bytes.length && reads(content.stream(), bytes);
        }
    }

    /** Compares piece by piece, so that a large manifest is not in memory once more. */
    private static boolean reads(InputStream stream, byte[] expected) throws IOException {
        byte[] piece = new byte[Math.min(expected.length, PIECE) + 1];
        int position = 0;
        for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
            int end = position + read;
            if (end > expected.length || !Arrays.equals(piece, 0, read, expected, position, end)) {
                return false;
            }
            position = end;
        }
        return position == expected.length;
    }

    private boolean intact(Digest digest, ObjectStat stat) {
        if (stat.size() == 0 && !digest.equals(Digest.compute(digest.algorithm(), new byte[0]))) {
            LOG.warn("The data of {} is empty; it counts as missing until it is pushed again", digest);
            return false;
        }
        Optional<Long> size = known.size(digest);
        if (size.isPresent() && size.get() != stat.size()) {
            LOG.warn(
                    "The data of {} has {} bytes in the place of {}; it counts as missing until it is pushed again",
                    digest,
                    stat.size(),
                    size.get());
            return false;
        }
        return true;
    }
}
