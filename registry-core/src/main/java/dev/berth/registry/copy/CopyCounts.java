package dev.berth.registry.copy;

/**
 * How many blobs or manifests came to the target, and how.
 *
 * @param copied those whose bytes were moved
 * @param mounted those that came from another repository of the target's registry
 * @param skipped those that were there, or need not be
 * @param bytesCopied the bytes of those that were copied
 * @since 0.1
 */
public record CopyCounts(long copied, long mounted, long skipped, long bytesCopied) {
    /** Nothing. */
    public static final CopyCounts NONE = new CopyCounts(0, 0, 0, 0);

    /** Returns the sum of both. */
    public CopyCounts plus(CopyCounts other) {
        return new CopyCounts(
                copied + other.copied,
                mounted + other.mounted,
                skipped + other.skipped,
                bytesCopied + other.bytesCopied);
    }

    CopyCounts plus(CopyOutcome outcome, long size) {
        return switch (outcome) {
            case COPIED -> new CopyCounts(copied + 1, mounted, skipped, bytesCopied + size);
            case MOUNTED -> new CopyCounts(copied, mounted + 1, skipped, bytesCopied);
            case SKIPPED -> new CopyCounts(copied, mounted, skipped + 1, bytesCopied);
        };
    }

    /** Prints as in {@code 3 copied, 0 mounted, 5 there already}. */
    @Override
    public String toString() {
        return copied + " copied, " + mounted + " mounted, " + skipped + " there already";
    }
}
