package dev.berth.examples.standalone.configuration.values;

/**
 * A text that is not printed.
 *
 * @param value the text
 */
public record Secret(String value) {

    /** Does not contain the secret. */
    @Override
    public String toString() {
        return "(secret)";
    }
}
