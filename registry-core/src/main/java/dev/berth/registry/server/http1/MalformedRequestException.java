package dev.berth.registry.server.http1;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request, or the body of one, does not keep to the protocol. */
public final class MalformedRequestException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    MalformedRequestException(int status, String reason, @Nullable Exception cause) {
        super(reason, cause);
        this.status = status;
        this.reason = reason;
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
