package dev.berth.registry.internal.eventlog;

/** An object of the log or a queue is there, and is not what this version can read. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public UnreadableException(String message) {
        super(message);
    }

    /** Creates the exception with what was wrong. */
    public UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
