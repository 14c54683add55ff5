package dev.berth.registry.metrics;

/**
 * Says that a {@link HealthCheck} has found something wrong. Its message is shown to whoever asks for the health: a sentence
 * without paths, addresses and secrets.
 *
 * @since 0.1
 */
public final class UnhealthyException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param message what is wrong, for anybody */
    public UnhealthyException(String message) {
        super(message);
    }
}
