package dev.berth.registry.server;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to errors of the JVM, such as a lack of memory, after which an application may want to end. */
final class ServerErrors {
    private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);
    private static final int MOST_CAUSES = 20;

    private final Consumer<? super Error> listener;

    ServerErrors(Consumer<? super Error> listener) {
        this.listener = listener;
    }

    /** Passes an error on, or one that is the cause of another failure. The caller logs the failure. */
    void report(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            if (cause instanceof Error error) {
                tell(error);
                return;
            }
            cause = cause.getCause();
        }
    }

    private void tell(Error error) {
        try {
            listener.accept(error);
        } catch (RuntimeException e) {
            log.error("The listener for fatal errors failed", e);
        }
    }
}
