package dev.berth.registry.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * An object, or a part of it, opened for reading. For one thread, except that another thread may close it to end a read
 * in progress.
 *
 * <p>All bytes are of the version that {@link #stat} describes. If the object is replaced or deleted while it is read,
 * the read either continues with that version to its end or fails with an {@link IOException}; it never returns bytes
 * of another version and never ends early. Which of the two happens depends on the store: memory and files always
 * continue, S3-compatible services usually do.
 *
 * @since 0.1
 */
public interface ObjectContent extends AutoCloseable {

    /** Returns size, version and time of the whole object, also if a part of it was opened. */
    ObjectStat stat();

    /** Returns the requested bytes. Each call returns the same stream. Closing it closes this object. */
    InputStream stream() throws IOException;

    /**
     * Writes the remaining bytes to the output, which stays open, in blocks of at most 64 KiB.
     *
     * @return the number of bytes written
     */
    default long transferTo(OutputStream output) throws IOException {
        return stream().transferTo(output);
    }

    /**
     * Releases the resources. May be called repeatedly. Reading afterwards fails with an {@link IOException}, so that a
     * part is never taken for the whole.
     */
    @Override
    void close();
}
