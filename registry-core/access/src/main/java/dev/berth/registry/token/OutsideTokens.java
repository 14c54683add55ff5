package dev.berth.registry.token;

import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.server.Authenticator;
import java.io.IOException;

/** Accepts tokens of an outside service. */
public final class OutsideTokens implements AutoCloseable {
    private OutsideTokens() {}

    /** Opens. */
    public static OutsideTokens open(OutsideTokenOptions options) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Returns an authenticator for which a token alone decides, as in {@code registry:2}: without one, nothing is allowed. */
    public Authenticator authenticator() {
        throw new UnsupportedOperationException();
    }

    /** Returns an authenticator for a registry with a policy: tokens only narrow it, and requests without one are anonymous. */
    public Authenticator authenticator(AccessPolicy policy) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
