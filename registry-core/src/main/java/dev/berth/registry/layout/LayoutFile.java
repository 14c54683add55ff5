package dev.berth.registry.layout;

import java.io.IOException;
import java.io.InputStream;

/** A file of an image layout. Holds nothing open; thread-safe. */
interface LayoutFile {

    /** Returns the number of bytes. */
    long size();

    /** Opens a part of it, which must be within its size. The caller closes the stream. */
    InputStream open(long offset, long length) throws IOException;

    /** Returns the whole content of a file that must not be larger than this. */
    default byte[] read(String name, int limit) throws IOException {
        if (size() > limit) {
            throw tooLarge(name, limit);
        }
        try (InputStream stream = open(0, size())) {
            return stream.readAllBytes();
        }
    }

    static MalformedLayoutException tooLarge(String name, int limit) {
        return new MalformedLayoutException(name + " is larger than the " + limit + " bytes that are read of it");
    }
}
