package dev.berth.registry.copy;

/**
 * How far a copy is. What turns out to be at the target already counts as done.
 *
 * @param bytesDone bytes of blobs; less than before when a transfer had to begin anew
 * @param bytesTotal bytes of all blobs, each once
 * @param blobsDone blobs that are at the target
 * @param blobsTotal all blobs
 * @param manifestsDone manifests that are at the target
 * @param manifestsTotal all manifests
 * @since 0.1
 */
public record CopyProgress(
        long bytesDone, long bytesTotal, int blobsDone, int blobsTotal, int manifestsDone, int manifestsTotal) {}
