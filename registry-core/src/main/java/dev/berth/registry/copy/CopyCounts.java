package dev.berth.registry.copy;

/**
 * How many blobs or manifests came to the target, and how.
 *
 * @param copied those whose bytes were moved
 * @param mounted those that came from another repository of the target's registry
 * @param skipped those that were there
 * @param external layers that may be elsewhere, and that neither source nor target has
 * @param bytesCopied the bytes of those that were copied
 * @since 0.1
 */
public record CopyCounts(long copied, long mounted, long skipped, long external, long bytesCopied) {
    /** Nothing. */
    public static final CopyCounts NONE = new CopyCounts(0, 0, 0, 0, 0);

    /** Returns the sum of both. */
    public CopyCounts plus(CopyCounts other) {
        return new CopyCounts(
                copied + other.copied,
                mounted + other.mounted,
                skipped + other.skipped,
                external + other.external,
                bytesCopied + other.bytesCopied);
    }

    CopyCounts plus(CopyOutcome outcome, long size) {
        return switch (outcome) {
            case COPIED -> new CopyCounts(copied + 1, mounted, skipped, external, bytesCopied + size);
            case MOUNTED -> new CopyCounts(copied, mounted + 1, skipped, external, bytesCopied);
            case SKIPPED -> new CopyCounts(copied, mounted, skipped + 1, external, bytesCopied);
            case EXTERNAL -> new CopyCounts(copied, mounted, skipped, external + 1, bytesCopied);
        };
    }

    /** Prints as in {@code 3 copied, 0 mounted, 5 there already}, and how many are kept elsewhere if any are. */
    @Override
    public String toString() {
        return copied + " copied, " + mounted + " mounted, " + skipped + " there already"
                + (external == 0 ? "" : ", " + external + " left out");
    }
}
