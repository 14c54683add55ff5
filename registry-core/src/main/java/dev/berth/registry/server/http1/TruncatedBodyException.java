package dev.berth.registry.server.http1;

import java.io.IOException;

/** The client ended its side of the connection within the body. It may still read a response. */
public final class TruncatedBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    TruncatedBodyException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
