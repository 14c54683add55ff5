package dev.berth.registry.client.credentials;

/** What stands in a file or comes from a helper program cannot be used. The message tells why, without the secret. */
final class InvalidEntryException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidEntryException(String problem) {
        super(problem);
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
