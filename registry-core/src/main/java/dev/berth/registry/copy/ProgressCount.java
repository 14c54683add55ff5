package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a copy has done, and tells its listener. Thread-safe. */
final class ProgressCount {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressCount.class);

    /** So many bytes of a blob between two calls of the listener, which would else have one for each read. */
    private static final long STEP = 256 * 1024;

    private final CopyListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private long bytesTotal;
    private int blobsTotal;
    private int manifestsTotal;
    private long bytesDone;
    private long bytesTold;
    private int blobsDone;
    private int manifestsDone;
    private boolean failureLogged;
    private CopyCounts blobs = CopyCounts.NONE;
    private CopyCounts manifests = CopyCounts.NONE;

    ProgressCount(CopyListener listener) {
        this.listener = listener;
    }

    void total(int blobCount, long blobBytes, int manifestCount) {
        locked(() -> {
            blobsTotal = blobCount;
            bytesTotal = blobBytes;
            manifestsTotal = manifestCount;
            tell();
        });
    }

    /** Counts bytes of a blob that has not come to its end; negative if they have to be moved again. */
    void bytes(long count) {
        locked(() -> {
            bytesDone += count;
            if (Math.abs(bytesDone - bytesTold) >= STEP) {
                tell();
            }
        });
    }

    /**
     * Counts a blob.
     *
     * @param counted how many of its bytes were counted before
     */
    void blob(Descriptor blob, CopyOutcome outcome, long counted) {
        locked(() -> {
            bytesDone += blob.size() - counted;
            blobsDone++;
            blobs = blobs.plus(outcome, blob.size());
            quietly(() -> listener.blob(blob, outcome));
            tell();
        });
    }

    /**
     * Counts a blob that was changed on its way.
     *
     * @param size how many bytes it had at the source
     * @param counted how many of these were counted before
     */
    void blob(Descriptor blob, CopyOutcome outcome, long size, long counted) {
        // What is told of bytes is what was announced: those of the source.
        bytes(size - blob.size());
        blob(blob, outcome, counted);
    }

    void manifest(Descriptor manifest, CopyOutcome outcome) {
        locked(() -> {
            manifestsDone++;
            manifests = manifests.plus(outcome, manifest.size());
            quietly(() -> listener.manifest(manifest, outcome));
            tell();
        });
    }

    void warn(CopyWarning.Kind kind, String message) {
        locked(() -> quietly(() -> listener.warning(new CopyWarning(kind, message))));
    }

    CopyCounts blobs() {
        return blobs;
    }

    CopyCounts manifests() {
        return manifests;
    }

    private void tell() {
        bytesTold = bytesDone;
        CopyProgress progress =
                new CopyProgress(bytesDone, bytesTotal, blobsDone, blobsTotal, manifestsDone, manifestsTotal);
        quietly(() -> listener.progress(progress));
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private void quietly(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            if (!failureLogged) {
                LOG.warn("The listener {} of a copy failed; the copy goes on", listener, e);
            }
            failureLogged = true;
        }
    }
}
