package dev.berth.registry.layout;

import java.io.IOException;

/** A file is not the image layout or archive that it should be. The message goes on "… cannot be used: ". */
final class MalformedLayoutException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedLayoutException(String problem) {
        super(problem);
    }

    MalformedLayoutException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
