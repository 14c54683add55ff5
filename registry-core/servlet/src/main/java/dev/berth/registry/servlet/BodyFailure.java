package dev.berth.registry.servlet;

import dev.berth.registry.server.UnreadableBodyException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a container's exception means. Containers have types of their own, but the causes of these are the JDK's where it
 * is the connection that failed.
 */
final class BodyFailure {
    private static final int MOST_CAUSES = 10;

    private BodyFailure() {}

    /** Returns an exception that tells the handler whether the client can still read a response. */
    static IOException of(IOException failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof EOFException) {
                return UnreadableBodyException.cutOff(failure);
            }
            if (isOfConnection(cause)) {
                return failure;
            }
            cause = cause.getCause();
        }
        return UnreadableBodyException.malformed(
                400, "The body of the request is malformed, or ended before it was complete", failure);
    }

    private static boolean isOfConnection(Throwable cause) {
        return cause instanceof SocketException
                || cause instanceof ClosedChannelException
                || cause instanceof InterruptedIOException
                || cause instanceof TimeoutException;
    }
}
