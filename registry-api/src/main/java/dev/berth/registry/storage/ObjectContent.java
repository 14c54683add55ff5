package dev.berth.registry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * An object, or a part of it, opened for reading. For one thread; closing it from another one ends a read that is under
 * way. What is read is of one state of the object, also when it is replaced or deleted meanwhile, or the read fails.
 */
public interface ObjectContent extends AutoCloseable {

    /** Returns what the store knows of the whole object. */
    ObjectStat stat();

    /** Returns the bytes that were asked for. Each call returns the same stream. */
    InputStream stream() throws IOException;

    /**
     * Writes the bytes that are left to the output, which stays open, with buffers of at most 64 KiB.
     *
     * @return the number of bytes written
     */
    default long transferTo(OutputStream output) throws IOException {
        return stream().transferTo(output);
    }

    /**
     * Releases what this object holds. May be called repeatedly. Reading after it fails with an {@link IOException}, so
     * that a part is never taken for the whole.
     */
    @Override
    void close();
}
