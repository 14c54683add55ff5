package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import java.io.IOException;

/** What is being pushed has come to its end, and is something else than was announced. */
public final class WrongDigestException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Digest actual;

    WrongDigestException(Digest actual) {
        super("The content has the digest " + actual);
        this.actual = actual;
    }

    public Digest actual() {
        return actual;
    }
}
