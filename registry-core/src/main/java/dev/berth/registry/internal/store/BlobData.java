package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of blobs and manifests, by digest, for all repositories. That bytes are here makes them visible nowhere: a
 * repository shows them through a link of its own.
 */
public final class BlobData {
    private static final Logger LOG = LoggerFactory.getLogger(BlobData.class);

    private final ObjectStore store;
    private final Condemned condemned;

    public BlobData(ObjectStore store, Condemned condemned) {
        this.store = store;
        this.condemned = condemned;
    }

    /** Returns the size of the bytes, or empty if they are missing, or were cut to nothing by a crash. */
    public Optional<Long> size(Digest digest) throws IOException {
        return store.stat(Keys.data(digest))
                .filter(stat -> intact(digest, stat))
                .map(ObjectStat::size);
    }

    /** Returns whether the bytes are about to be collected. */
    public boolean condemned(Digest digest) throws IOException {
        return condemned.contains(digest);
    }

    /** Reads the bytes and returns whether they are what they should be. */
    public boolean verify(Digest digest) throws IOException {
        Optional<ObjectContent> found = open(digest, 0, Long.MAX_VALUE);
        if (found.isEmpty()) {
            return false;
        }
        try (ObjectContent content = found.get()) {
            return Hashing.of(content.stream(), digest.algorithm()).equals(digest);
        }
    }

    public Optional<ObjectContent> open(Digest digest, long offset, long length) throws IOException {
        Optional<ObjectContent> content = store.open(Keys.data(digest), offset, length);
        if (content.isPresent() && !intact(digest, content.get().stat())) {
            content.get().close();
            return Optional.empty();
        }
        return content;
    }

    /** Stores bytes that have been verified, unless exactly these are there. */
    public void write(Digest digest, byte[] bytes) throws IOException {
        if (condemned(digest) || !holds(digest, bytes)) {
            store.put(Keys.data(digest), bytes, PutCondition.always());
            condemned.rescue(digest);
        }
    }

    /**
     * Stores what comes in, if the store can do that where it is to stay and the stream, at its end, does not fail because
     * it was something else. Also in the place of data that seems to be there: whether that is intact only reading it all
     * would tell.
     *
     * @return false if the store cannot; nothing has been read then
     */
    public boolean write(Digest digest, VerifiedSource content, long size) throws IOException {
        if (!store.write(Keys.data(digest), content, size)) {
            return false;
        }
        condemned.rescue(digest);
        return true;
    }

    /**
     * Stores an upload whose bytes have been verified, and ends it. This too in the place of whatever is there.
     */
    public void write(Digest digest, ObjectUpload upload, long size) throws IOException {
        upload.commit(Keys.data(digest), size);
        condemned.rescue(digest);
    }

    private boolean holds(Digest digest, byte[] bytes) throws IOException {
        Optional<ObjectContent> found = store.open(Keys.data(digest), 0, bytes.length + 1L);
        if (found.isEmpty()) {
            return false;
        }
        try (ObjectContent content = found.get()) {
            return content.stat().size() == bytes.length
                    && Arrays.equals(content.stream().readAllBytes(), bytes);
        }
    }

    private static boolean intact(Digest digest, ObjectStat stat) {
        boolean intact = stat.size() > 0 || digest.equals(Digest.compute(digest.algorithm(), new byte[0]));
        if (!intact) {
            LOG.warn("The data of {} is empty; it counts as missing until it is pushed again", digest);
        }
        return intact;
    }
}
