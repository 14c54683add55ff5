package dev.berth.registry.internal.transport;

import java.io.IOException;

/** A pooled connection cannot be reused: bytes have arrived that belong to no response. Nothing was sent. */
final class SurplusBytesException extends IOException {
    private static final long serialVersionUID = 1L;

    SurplusBytesException() {
        super("The server has sent bytes that belong to no response");
    }
}
