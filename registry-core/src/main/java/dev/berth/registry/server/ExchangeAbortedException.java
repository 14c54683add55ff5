package dev.berth.registry.server;

import java.io.IOException;

/**
 * Ends an exchange without a response, or in the middle of one: the server closes the connection. Thrown by a filter or
 * handler, or by a {@link ResponseBody} while it is written. Nothing is logged as an error.
 */
public final class ExchangeAbortedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean reset;

    private ExchangeAbortedException(String message, boolean reset) {
        super(message);
        this.reset = reset;
    }

    /** The connection is closed as if the server were done: what was written until then arrives. */
    public static ExchangeAbortedException close() {
        return new ExchangeAbortedException("The connection is to be closed", false);
    }

    /** The connection is reset: the client sees an error, and may lose what was written just before. */
    public static ExchangeAbortedException reset() {
        return new ExchangeAbortedException("The connection is to be reset", true);
    }

    /** Returns whether the connection is to be reset rather than closed. */
    public boolean isReset() {
        return reset;
    }
}
