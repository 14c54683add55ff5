package dev.berth.registry;

import java.net.URI;
import java.util.Objects;

/**
 * A URL from which a blob is downloaded directly from the storage. It grants access to the blob, so it is a secret
 * while it is valid, and {@link #toString} omits it.
 *
 * @param blob the blob
 * @param uri an absolute URL that supports GET, also with a range
 * @since 0.1
 */
public record DirectUrl(Descriptor blob, URI uri) {

    /** Checks that the URL is absolute. */
    public DirectUrl {
        Objects.requireNonNull(blob, "blob");
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("The address of " + blob.digest() + " is not absolute");
        }
    }

    @Override
    public String toString() {
        return "DirectUrl[" + blob + " at " + uri.getHost() + "]";
    }
}
