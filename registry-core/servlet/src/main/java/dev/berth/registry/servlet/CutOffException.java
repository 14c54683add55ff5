package dev.berth.registry.servlet;

import java.io.IOException;

/**
 * Makes a container end a connection whose response has begun. Has no stack trace, since containers log what they catch
 * and the place says nothing.
 */
final class CutOffException extends IOException {
    private static final long serialVersionUID = 1L;

    CutOffException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
