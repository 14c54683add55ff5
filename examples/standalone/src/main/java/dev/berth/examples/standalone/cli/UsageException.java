package dev.berth.examples.standalone.cli;

/**
 * The command line is malformed. The message says in one sentence what it should look like. The program prints it with a
 * pointer to {@code --help} and ends with exit code 2.
 */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user. */
    public UsageException(String message) {
        super(message);
    }
}
