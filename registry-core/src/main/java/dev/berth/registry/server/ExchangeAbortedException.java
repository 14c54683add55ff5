package dev.berth.registry.server;

import java.io.IOException;

/**
 * Ends an exchange without a response, or in the middle of one: the server closes the connection. Thrown by a filter or
 * handler, or by a {@link ResponseBody} while it is written. Nothing is logged as an error.
 *
 * @since 0.1
 */
public final class ExchangeAbortedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean reset;

    private ExchangeAbortedException(String message, boolean reset) {
        super(message);
        this.reset = reset;
    }

    /** Returns an exception that closes the connection normally: the client receives the bytes written so far. */
    public static ExchangeAbortedException close() {
        return new ExchangeAbortedException("The connection is to be closed", false);
    }

    /**
     * Returns an exception that resets the connection: the client sees an error, and may lose what was written before.
     */
    public static ExchangeAbortedException reset() {
        return new ExchangeAbortedException("The connection is to be reset", true);
    }

    /** Returns whether the connection is to be reset rather than closed. */
    public boolean isReset() {
        return reset;
    }
}
