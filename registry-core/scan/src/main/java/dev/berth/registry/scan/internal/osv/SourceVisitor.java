package dev.berth.registry.scan.internal.osv;

import java.io.IOException;
import java.io.InputStream;

/** Takes what the sources of advisories have. */
public interface SourceVisitor {

    /**
     * Takes a document.
     *
     * @param where the file, and the entry in it: text of strangers
     * @param content is read to its end here; failing to read it fails with an exception of {@link InputStream}, which this
     *     method handles itself
     * @throws IOException if the work cannot go on at all
     */
    void document(String where, InputStream content) throws IOException;

    /**
     * Takes note of something that was not read.
     *
     * @param why a clause such as {@code its checksum is wrong}
     */
    void unread(String where, String why);
}
