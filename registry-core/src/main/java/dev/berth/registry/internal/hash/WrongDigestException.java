package dev.berth.registry.internal.hash;

import dev.berth.registry.Digest;
import java.io.IOException;

/** The content that is being pushed does not have the digest that was announced. */
public final class WrongDigestException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Digest actual;

    WrongDigestException(Digest actual) {
        super("The content has the digest " + actual);
        this.actual = actual;
    }

    /** Returns the digest of the content. */
    public Digest actual() {
        return actual;
    }
}
