package dev.berth.registry.internal.transport;

import java.io.IOException;

/** An exchange that did not come to its end. The message is a sentence for a person, without secrets. */
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as it decides what to do next. */
    public enum Kind {
        /** No connection came about, and trying again will not change that: a wrong name, an untrusted certificate. */
        UNREACHABLE(false, true),
        /** No connection came about this time. */
        NOT_CONNECTED(true, true),
        /** The connection broke or was too slow. What was sent may have been received. */
        BROKEN(true, false),
        /** What came back is not HTTP as it should be. */
        NOT_HTTP(false, false),
        /** The caller gave it up, by an interrupt or by closing. */
        GIVEN_UP(false, false);

        private final boolean passing;
        private final boolean unsent;

        Kind(boolean passing, boolean unsent) {
            this.passing = passing;
            this.unsent = unsent;
        }
    }

    private final Kind kind;

    TransportException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns what went wrong. */
    public Kind kind() {
        return kind;
    }

    /** Returns whether another try may have a better end. */
    public boolean isTransient() {
        return kind.passing;
    }

    /** Returns whether the server surely has seen nothing of the request. */
    public boolean isUnsent() {
        return kind.unsent;
    }

    /** Returns the message, which is never missing. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
