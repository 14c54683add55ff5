package dev.berth.examples.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Sets how much is logged. The form is in {@code logback.xml}. */
final class Logging {
    private Logging() {}

    static void configure(Settings settings) {
        if (LoggerFactory.getLogger("dev.berth") instanceof Logger logger) {
            logger.setLevel(Level.toLevel(settings.logLevel()));
        }
        org.slf4j.Logger notes = LoggerFactory.getLogger(Logging.class);
        settings.notes().forEach(notes::warn);
    }
}
