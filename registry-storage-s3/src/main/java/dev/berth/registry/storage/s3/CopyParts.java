package dev.berth.registry.storage.s3;

import java.util.List;

/** The size of the parts in which a large object is copied. */
final class CopyParts {
    private static final long LARGEST = 1024L * 1024 * 1024;

    private CopyParts() {}

    /**
     * Returns the size of equal parts: as large as possible without a part that spans two pieces, since such a part
     * would have to pass through this process; but large enough for the largest object of S3.
     *
     * @param partBytes the size of the upload's parts
     * @param boundaries where its pieces begin
     */
    static long size(int partBytes, long size, List<Long> boundaries) {
        long smallest = partBytes;
        while (size / smallest >= Multipart.MOST_PARTS) {
            smallest *= 2;
        }
        long best = smallest;
        for (long candidate = smallest * 2; candidate <= LARGEST; candidate *= 2) {
            long each = candidate;
            if (boundaries.stream().allMatch(boundary -> boundary % each == 0)) {
                best = candidate;
            }
        }
        return best;
    }
}
