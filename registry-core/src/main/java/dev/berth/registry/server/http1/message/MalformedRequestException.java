package dev.berth.registry.server.http1.message;

import java.io.IOException;

/** A request, or the body of one, does not keep to the protocol. */
public final class MalformedRequestException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    public MalformedRequestException(int status, String reason) {
        super(reason);
        this.status = status;
        this.reason = reason;
    }

    /** Returns an exception for a request that the server does not understand. */
    public static MalformedRequestException of(String reason) {
        return new MalformedRequestException(400, "The request is malformed: " + reason);
    }

    /** Returns the status of the response: 400 to 505. */
    public int status() {
        return status;
    }

    /** Returns the reason, as a sentence for the client. */
    public String reason() {
        return reason;
    }
}
