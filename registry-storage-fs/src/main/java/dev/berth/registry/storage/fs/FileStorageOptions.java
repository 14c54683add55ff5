package dev.berth.registry.storage.fs;

/**
 * Options of a {@link FileObjectStore}. Immutable.
 *
 * @since 0.1
 */
public final class FileStorageOptions {
    private static final long MOST_CACHE = 16 * 1024 * 1024;

    private final boolean sharedFiles;
    private final long cacheBytes;

    private FileStorageOptions(Builder builder) {
        this.sharedFiles = builder.sharedFiles;
        this.cacheBytes = builder.cacheBytes;
    }

    /** Returns the defaults. */
    public static FileStorageOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    boolean sharedFiles() {
        return sharedFiles;
    }

    long cacheBytes() {
        return cacheBytes;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private boolean sharedFiles;
        private long cacheBytes = Math.min(MOST_CACHE, Runtime.getRuntime().maxMemory() / 32);

        private Builder() {}

        /**
         * Sets whether other users of the system may have access. {@code false} by default: new files have the
         * permissions 600 and new directories 700, uploads in flight included. With {@code true} the umask of the
         * process decides, as with other programs, for instance for a directory that a {@code registry:2} of another
         * user is to serve. Files and directories that exist keep their permissions. Of no effect on systems without
         * POSIX permissions.
         */
        public Builder sharedFiles(boolean shared) {
            this.sharedFiles = shared;
            return this;
        }

        /**
         * Sets how much memory small objects and the attributes of others take that were read and are kept for the next
         * readers, in bytes. A 32nd of the heap by default, at most 16 MiB. With 0 none are kept, and each read opens the
         * file.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder cacheBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("A cache cannot have a negative size: " + bytes);
            }
            this.cacheBytes = bytes;
            return this;
        }

        /** Returns the options. */
        public FileStorageOptions build() {
            return new FileStorageOptions(this);
        }
    }
}
