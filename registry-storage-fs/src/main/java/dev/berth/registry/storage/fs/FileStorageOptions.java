package dev.berth.registry.storage.fs;

/**
 * Options of a {@link FileObjectStore}. Immutable.
 *
 * @since 0.1
 */
public final class FileStorageOptions {
    private final boolean sharedFiles;

    private FileStorageOptions(Builder builder) {
        this.sharedFiles = builder.sharedFiles;
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

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private boolean sharedFiles;

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

        /** Returns the options. */
        public FileStorageOptions build() {
            return new FileStorageOptions(this);
        }
    }
}
