package dev.berth.registry.server.http1;

import java.io.IOException;
import java.util.Optional;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NotImplementedException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;

/** Translates HttpCore's exceptions, which do not leave this package. */
final class ProtocolErrors {
    private ProtocolErrors() {}

    /**
     * Returns the defect of a request that could not be read, or empty if the client followed the protocol.
     *
     * @param requestLineSeen whether the request line was complete
     */
    static Optional<MalformedRequestException> find(Exception e, boolean requestLineSeen) {
        if (e instanceof MalformedRequestException known) {
            return Optional.of(known);
        }
        if (e instanceof RequestHeaderFieldsTooLargeException || e instanceof MessageConstraintException) {
            return Optional.of(
                    requestLineSeen
                            ? of(431, "The headers of the request are too large, or too many", e)
                            : of(414, "The address of the request is too long", e));
        }
        if (e instanceof UnsupportedHttpVersionException) {
            return Optional.of(of(505, "This server speaks HTTP/1.1", e));
        }
        if (e instanceof NotImplementedException) {
            return Optional.of(of(501, String.valueOf(e.getMessage()), e));
        }
        if (e instanceof ExpectationFailedException) {
            return Optional.of(of(417, String.valueOf(e.getMessage()), e));
        }
        if (e instanceof ProtocolException || e instanceof MalformedChunkCodingException) {
            return Optional.of(of(400, "The request is malformed: " + e.getMessage(), e));
        }
        return Optional.empty();
    }

    private static MalformedRequestException of(int status, String reason, Exception cause) {
        return new MalformedRequestException(status, reason, cause);
    }

    /** Returns the exception for a body that could not be read. */
    static IOException ofBody(IOException e) {
        if (e instanceof MessageConstraintException) {
            return of(400, "The request is malformed: a line of its chunked body is too long", e);
        }
        return e instanceof ConnectionClosedException
                ? new TruncatedBodyException(e)
                : find(e, true).<IOException>map(malformed -> malformed).orElse(e);
    }
}
