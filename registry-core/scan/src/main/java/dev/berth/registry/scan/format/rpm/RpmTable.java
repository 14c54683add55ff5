package dev.berth.registry.scan.format.rpm;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The headers of the packages in a database of rpm. For one thread. */
interface RpmTable {
    /** A header names all files of its package: those of the kernel have some megabytes. */
    int MOST_HEADER_BYTES = 16 * 1024 * 1024;

    /** Passes on each header. One that cannot be read ends it. */
    void forEach(Consumer consumer) throws IOException;

    /** Takes headers. */
    interface Consumer {
        void take(ByteBuffer header) throws IOException;
    }
}
