package dev.berth.examples.standalone;

/** Something in the configuration is wrong. The message is one sentence for the person who wrote it. */
final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(String message) {
        super(message);
    }
}
