package dev.berth.registry;

import java.net.URI;
import java.util.Objects;

/**
 * An address from which a blob can be fetched without its registry. It stands for the right to read the blob, so it is a
 * secret for as long as it is valid, and {@link #toString} leaves it out.
 *
 * @param blob what it leads to
 * @param uri absolute; answers GET, also with a range
 * @since 0.1
 */
public record DirectUrl(Descriptor blob, URI uri) {

    /** Checks that the address is one for everybody. */
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
