package dev.berth.examples.standalone.cli;

/**
 * A command cannot be carried out: its configuration or an input is wrong. The message is one sentence for the user.
 * The program prints it and ends with exit code 1.
 */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user. */
    public CommandException(String message) {
        super(message);
    }
}
