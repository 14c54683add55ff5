package dev.berth.registry.token;

/** A token is not good. The message says why, in words that follow "The token is not good:". */
final class InvalidTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidTokenException(String message) {
        super(message);
    }

    /** Returns the message. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
