package dev.berth.registry.layout;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How an archive is opened. Immutable.
 *
 * @since 0.1
 */
public final class ArchiveOptions {
    private final long maxUnpackedBytes;
    private final Path temporaryDirectory;

    private ArchiveOptions(Builder builder) {
        this.maxUnpackedBytes = builder.maxUnpackedBytes;
        this.temporaryDirectory = builder.temporaryDirectory;
    }

    /** Returns the defaults that {@link Builder} names. */
    public static ArchiveOptions defaults() {
        return builder().build();
    }

    /** Begins with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    long maxUnpackedBytes() {
        return maxUnpackedBytes;
    }

    Path temporaryDirectory() {
        return temporaryDirectory;
    }

    /** Builds options. Not thread-safe. */
    public static final class Builder {
        private long maxUnpackedBytes = 64L * 1024 * 1024 * 1024;
        private Path temporaryDirectory = Path.of(System.getProperty("java.io.tmpdir"));

        private Builder() {}

        /**
         * Sets how many bytes a compressed archive may have when it is unpacked; 64 GiB by default. One that has more than
         * 1 GiB then, and 200 times as much as before, is refused in any case.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxUnpackedBytes(long bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("An archive must be allowed more than " + bytes + " bytes");
            }
            this.maxUnpackedBytes = bytes;
            return this;
        }

        /** Sets where a compressed archive is unpacked; the directory that {@code java.io.tmpdir} names by default. */
        public Builder temporaryDirectory(Path directory) {
            this.temporaryDirectory = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /** Returns the options. */
        public ArchiveOptions build() {
            return new ArchiveOptions(this);
        }
    }
}
