package dev.berth.examples.standalone.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What the log looks like, unless the system property {@code logback.configurationFile} names a file that says it. It is
 * code, since reading a file takes a tenth of the time that a start takes. Logback finds it as a service.
 *
 * <p>Standard output holds the one line that says where the registry listens; everything else goes to the other one.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogFormat extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Appender<ILoggingEvent> messages =
                standardError(loggers, "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n%ex{full}%nopex");
        Appender<ILoggingEvent> lines = standardError(loggers, "%msg%n");

        Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(messages);
        loggers.getLogger("dev.berth").setLevel(Level.INFO);
        direct(loggers.getLogger("dev.berth.registry.access"), lines).setLevel(Level.INFO);
        direct(loggers.getLogger("dev.berth.registry.audit"), lines).setLevel(Level.INFO);
        // A class below the name of the access log, and no part of it.
        direct(loggers.getLogger("dev.berth.registry.access.GuardedListener"), messages);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Logger direct(Logger logger, Appender<ILoggingEvent> appender) {
        logger.setAdditive(false);
        logger.addAppender(appender);
        return logger;
    }

    private static Appender<ILoggingEvent> standardError(LoggerContext loggers, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(loggers);
        encoder.setPattern(pattern);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(loggers);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
