package dev.berth.registry.server.http1;

import java.io.IOException;

/** Ends a connection on purpose, without a response or in the middle of one. */
public final class ExchangeAbort extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean reset;

    /**
     * Creates an exception.
     *
     * @param reset whether the connection is reset rather than closed
     */
    public ExchangeAbort(boolean reset, IOException cause) {
        super(cause);
        this.reset = reset;
    }

    boolean isReset() {
        return reset;
    }
}
