package dev.berth.registry.scan.report;

/**
 * What should be scanned cannot be: an artifact that is no image, a type that the scanner does not know, or an image that is
 * broken. Another try will not succeed.
 *
 * @since 0.1
 */
public final class UnscannableException extends Exception {
    private static final long serialVersionUID = 1;

    /** Makes one with a sentence for people. */
    public UnscannableException(String reason) {
        super(reason);
    }
}
