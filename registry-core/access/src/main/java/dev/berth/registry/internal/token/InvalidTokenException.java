package dev.berth.registry.internal.token;

/** A token is not good. The message says why, in words that follow "The token is not good:". */
public final class InvalidTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidTokenException(String message) {
        super(message);
    }

    /** Returns the message. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
