package dev.berth.registry.scan.format.source;

import java.io.IOException;

/** The inventory of a layer has reached one of its limits and ends here. The message says which. */
public final class ScanStoppedException extends IOException {
    private static final long serialVersionUID = 1L;

    ScanStoppedException(String message) {
        super(message);
    }
}
