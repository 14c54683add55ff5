package dev.berth.registry.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Executor;

/**
 * How the layers of a new image are compressed. The same method and level give the same bytes on every machine: gzip is
 * compressed in Java, zstd by the library in zstd-jni, whose version also matters.
 *
 * @param method the method
 * @param level the level, 0 if the method has none
 * @since 0.1
 */
public record Compression(Method method, int level) {

    /** The methods that layers may be compressed with (OCI image specification, "Image Layer Filesystem Changeset"). */
    public enum Method {
        /** Not at all. */
        NONE,
        /** gzip, which every client reads. */
        GZIP,
        /** zstd, smaller and faster; Docker reads it since version 23. */
        ZSTD
    }

    private static final int LEVEL_OF_GZIP = 6;
    private static final int LEVEL_OF_ZSTD = 3;
    private static final int HIGHEST_OF_GZIP = 9;
    private static final int HIGHEST_OF_ZSTD = 22;

    /** Checks the level. */
    public Compression {
        int lowest = method == Method.NONE ? 0 : 1;
        int highest = switch (method) {
            case NONE -> 0;
            case GZIP -> HIGHEST_OF_GZIP;
            case ZSTD -> HIGHEST_OF_ZSTD;
        };
        if (level < lowest || level > highest) {
            throw new IllegalArgumentException(
                    "The level of " + method + " is from " + lowest + " to " + highest + ", not " + level);
        }
    }

    /** Returns no compression. */
    public static Compression none() {
        return new Compression(Method.NONE, 0);
    }

    /** Returns gzip at level 6. */
    public static Compression gzip() {
        return gzip(LEVEL_OF_GZIP);
    }

    /** Returns gzip at a level from 1 to 9. */
    public static Compression gzip(int level) {
        return new Compression(Method.GZIP, level);
    }

    /** Returns zstd at level 3. */
    public static Compression zstd() {
        return zstd(LEVEL_OF_ZSTD);
    }

    /** Returns zstd at a level from 1 to 22. The high ones need much memory. */
    public static Compression zstd(int level) {
        return new Compression(Method.ZSTD, level);
    }

    /** Returns these bytes compressed, read as they are needed. Closing the result closes the given stream. */
    InputStream compress(InputStream raw, Executor executor) throws IOException {
        return switch (method) {
            case NONE -> raw;
            case GZIP -> new GzipStream(raw, level, executor);
            case ZSTD -> new ZstdStream(raw, level);
        };
    }
}
