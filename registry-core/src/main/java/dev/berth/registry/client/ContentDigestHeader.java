package dev.berth.registry.client;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.wire.WireHeaders;
import java.util.Optional;

/** {@code Docker-Content-Digest}: what a registry says that it sends or has stored. */
final class ContentDigestHeader {
    private ContentDigestHeader() {}

    /** Returns what a response says; empty also if it is malformed, or of an algorithm that is not known here. */
    static Optional<Digest> of(IncomingResponse response) {
        try {
            return response.header(WireHeaders.CONTENT_DIGEST).map(Digest::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Fails if a response speaks of something else than was meant. One of another algorithm may be the same.
     *
     * @param what what it is about, to go on "The registry … has"
     */
    static void require(IncomingResponse response, Digest expected, String what) {
        Optional<Digest> told = of(response);
        if (told.isPresent()
                && told.get().algorithm() == expected.algorithm()
                && !told.get().equals(expected)) {
            throw RegistryException.of(
                    ErrorCode.DIGEST_INVALID,
                    "The registry " + Origin.of(response.address()) + " says of " + what + " " + expected
                            + " that it is " + told.get());
        }
    }
}
