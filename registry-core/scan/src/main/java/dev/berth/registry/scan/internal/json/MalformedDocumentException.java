package dev.berth.registry.scan.internal.json;

import java.io.IOException;

/**
 * A document is not what it should be, or exceeds a limit. The message says where and why, in a form that people may see:
 * {@code packages/3/name: must be a text}.
 */
public final class MalformedDocumentException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Makes one with a clause that says what is wrong. */
    public MalformedDocumentException(String problem) {
        super(problem);
    }

    MalformedDocumentException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
