package dev.berth.examples.standalone.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.berth.examples.standalone.configuration.Settings;
import org.slf4j.LoggerFactory;

/** Applies the level and the format of the settings, and logs their warnings. */
public final class Logging {
    private Logging() {}

    public static void configure(Settings settings) {
        if (LoggerFactory.getLogger("dev.berth") instanceof Logger logger) {
            logger.setLevel(Level.toLevel(settings.log().level()));
            LogFormat.apply(logger.getLoggerContext(), settings.log());
        }
        org.slf4j.Logger log = LoggerFactory.getLogger(Logging.class);
        settings.warnings().forEach(log::warn);
    }

    /** Turns the logger of a class off whose messages are printed already. */
    public static void turnOff(Class<?> type) {
        if (LoggerFactory.getLogger(type) instanceof Logger logger) {
            logger.setLevel(Level.OFF);
        }
    }
}
