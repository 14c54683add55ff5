package dev.berth.registry.internal.transport;

import java.io.IOException;

/** A failed exchange. The message is a sentence for users, without secrets. */
public final class TransportException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The kinds of failure that callers distinguish. */
    public enum Kind {
        /** No connection, and a retry will not help: an unknown host, an untrusted certificate. */
        UNREACHABLE(false, true),
        /** No connection this time. */
        NOT_CONNECTED(true, true),
        /** The connection broke or timed out. The server may have received the request. */
        BROKEN(true, false),
        /** The server sends its response too slowly for any use. */
        TOO_SLOW(false, false),
        /** The response is not valid HTTP. */
        NOT_HTTP(false, false),
        /** The caller cancelled the exchange, by an interrupt or by closing. */
        CANCELLED(false, false);

        private final boolean transientFailure;
        private final boolean unsent;

        Kind(boolean transientFailure, boolean unsent) {
            this.transientFailure = transientFailure;
            this.unsent = unsent;
        }
    }

    private final Kind kind;

    TransportException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns the kind of failure. */
    public Kind kind() {
        return kind;
    }

    /** Returns whether a retry may succeed. */
    public boolean isTransient() {
        return kind.transientFailure;
    }

    /** Returns whether the server has certainly received nothing of the request. */
    public boolean isUnsent() {
        return kind.unsent;
    }

    /** Returns the message. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
