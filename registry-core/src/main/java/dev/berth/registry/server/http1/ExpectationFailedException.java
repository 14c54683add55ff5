package dev.berth.registry.server.http1;

import org.apache.hc.core5.http.ProtocolException;

/** The client expects something of the server that it does not know (417). */
final class ExpectationFailedException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    ExpectationFailedException() {
        super("The only expectation that is understood is 100-continue");
    }
}
