package dev.berth.examples.standalone;

/** The command line does not say what to do. The message says in one sentence what it should look like. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
