package dev.berth.registry.server;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.internal.wire.ErrorBody;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NotImplementedException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;

/** Answers to requests that are not HTTP as it should be, in the form of all other errors. */
final class ProtocolErrors {
    private ProtocolErrors() {}

    /**
     * Returns the answer to a request that could not be read, or empty if the failure is none of the client's grammar.
     *
     * @param requestLineSeen whether the request line was complete
     */
    static Optional<RegistryResponse> answer(Exception e, boolean requestLineSeen) {
        if (e instanceof RequestHeaderFieldsTooLargeException || e instanceof MessageConstraintException) {
            return Optional.of(
                    requestLineSeen
                            ? of(431, "The headers of the request are too large, or too many")
                            : addressTooLong("The address of the request is too long"));
        }
        if (e instanceof UnsupportedHttpVersionException) {
            return Optional.of(of(505, "This server speaks HTTP/1.1"));
        }
        if (e instanceof NotImplementedException) {
            return Optional.of(of(501, String.valueOf(e.getMessage())));
        }
        if (e instanceof ExpectationFailedException) {
            return Optional.of(of(417, String.valueOf(e.getMessage())));
        }
        if (e instanceof ProtocolException || e instanceof MalformedChunkCodingException) {
            return Optional.of(of(400, "The request is malformed: " + e.getMessage()));
        }
        return Optional.empty();
    }

    /** Returns the answer to an address that asks for more than it may. */
    static RegistryResponse addressTooLong(String message) {
        return of(414, message);
    }

    /** Returns the answer for a client that comes when there are too many. */
    static RegistryResponse overloaded() {
        return Answers.json(
                        503,
                        ErrorBody.format(List.of(RegistryError.of(
                                ErrorCode.UNAVAILABLE, "The server has too many connections; try again later"))))
                .header("Retry-After", "1")
                .build();
    }

    private static RegistryResponse of(int status, String message) {
        return Answers.json(status, ErrorBody.format(List.of(RegistryError.of(ErrorCode.REQUEST_INVALID, message))))
                .build();
    }
}
