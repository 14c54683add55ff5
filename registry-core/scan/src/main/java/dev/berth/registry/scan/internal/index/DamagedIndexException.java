package dev.berth.registry.scan.internal.index;

import java.io.IOException;

/** The index is not what was written, or was written by another version. It has to be built again. */
public final class DamagedIndexException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedIndexException(String message) {
        super(message);
    }
}
