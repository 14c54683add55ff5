package dev.berth.registry.internal.hash;

import dev.berth.registry.BlobSource;
import java.io.IOException;
import java.io.InputStream;

/** The content that is being pushed could not be read. The store has not failed. */
public final class SourceFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    public SourceFailedException(IOException failure) {
        super(failure);
        this.failure = failure;
    }

    /** Opens the content that is being pushed. */
    public static InputStream open(BlobSource content) throws SourceFailedException {
        try {
            return content.open();
        } catch (IOException e) {
            throw new SourceFailedException(e);
        }
    }

    /** Returns the failure of the source. */
    public IOException failure() {
        return failure;
    }
}
