package dev.berth.registry.image;

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
            throw new MalformedLayoutException(
                    name + " is " + size() + " bytes long, and at most " + limit + " are read");
        }
        try (InputStream stream = open(0, size())) {
            return stream.readAllBytes();
        }
    }
}
