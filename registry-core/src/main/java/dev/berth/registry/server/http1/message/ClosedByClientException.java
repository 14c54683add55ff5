package dev.berth.registry.server.http1.message;

import java.io.IOException;

/** The client has ended its side of the connection in the middle of a request. */
public final class ClosedByClientException extends IOException {
    private static final long serialVersionUID = 1L;

    public ClosedByClientException() {
        super("The client hung up in the middle of its request");
    }
}
