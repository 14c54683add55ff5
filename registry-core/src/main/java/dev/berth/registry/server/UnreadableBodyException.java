package dev.berth.registry.server;

import java.io.IOException;

/**
 * The body of a request could not be read because of what the client sent, or did not send, and the client may still read
 * a response. Thrown by the stream that a transport passes to {@link RegistryRequest.Builder#body}; the handler then
 * responds with the status and the reason. Any other {@link IOException} of that stream means that the client is gone.
 *
 * @since 0.1
 */
public final class UnreadableBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The status of a body that is shorter than announced; it depends on the request what else is said about that. */
    private static final int CUT_OFF = 0;

    private final int status;

    private UnreadableBodyException(int status, String reason, IOException cause) {
        super(reason, cause);
        this.status = status;
    }

    /** Returns an exception for a body that ends before all of it has arrived. */
    public static UnreadableBodyException cutOff(IOException cause) {
        return new UnreadableBodyException(CUT_OFF, "The body of the request was cut off", cause);
    }

    /**
     * Returns an exception for a body that does not keep to the protocol.
     *
     * @param status the status of the response, 400 to 599
     * @param reason what is wrong, as a sentence for the client
     * @throws IllegalArgumentException if the status is not that of an error
     */
    public static UnreadableBodyException malformed(int status, String reason, IOException cause) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("The status of an error is 400 to 599, not " + status);
        }
        return new UnreadableBodyException(status, reason, cause);
    }

    /** Returns whether the body ended too early. */
    boolean isCutOff() {
        return status == CUT_OFF;
    }

    /** Returns the status of the response to a malformed body. */
    int status() {
        return status;
    }

    /** Returns the reason, as a sentence for the client. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
