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
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.berth.examples.standalone.configuration.observability.LogSettings;
import dev.berth.examples.standalone.configuration.observability.LogSettings.Format;
import java.util.List;

/**
 * What the log looks like, unless the system property {@code logback.configurationFile} names a file that says it. It is
 * code, since reading a file takes a tenth of the time that a start takes. Logback finds it as a service.
 *
 * <p>Standard output holds the one line that says where the registry listens; everything else goes to the other one.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogFormat extends ContextAwareBase implements Configurator {
    private static final String MESSAGES =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n%ex{full}%nopex";
    private static final String LINES = "%msg%n";

    private static final String ACCESS = "dev.berth.registry.access";
    private static final String AUDIT = "dev.berth.registry.audit";

    /** A class below the name of the access log, and no part of it. */
    private static final String NO_ACCESS_LOG = "dev.berth.registry.access.GuardedListener";

    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        if (isChosenElsewhere()) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        loggers.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        for (String name : List.of("dev.berth", ACCESS, AUDIT)) {
            loggers.getLogger(name).setLevel(Level.INFO);
        }
        Encoder<ILoggingEvent> lines = pattern(loggers, LINES);
        write(loggers, pattern(loggers, MESSAGES), lines, lines);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean isChosenElsewhere() {
        return System.getProperty("logback.configurationFile") != null;
    }

    /** Writes lines as the settings say from now on, unless a file says it. */
    static void apply(LoggerContext loggers, LogSettings settings) {
        if (isChosenElsewhere()) {
            return;
        }
        Encoder<ILoggingEvent> text = pattern(loggers, LINES);
        Encoder<ILoggingEvent> objects = JsonLines.objects(settings.fields());
        boolean json = settings.format() == Format.JSON;
        write(
                loggers,
                json ? JsonLines.messages(settings.fields()) : pattern(loggers, MESSAGES),
                settings.accessFormat() == Format.JSON ? objects : text,
                json ? objects : text);
    }

    private static void write(
            LoggerContext loggers,
            Encoder<ILoggingEvent> messages,
            Encoder<ILoggingEvent> access,
            Encoder<ILoggingEvent> audit) {
        Appender<ILoggingEvent> all = standardError(loggers, messages);
        replace(loggers.getLogger(Logger.ROOT_LOGGER_NAME), all);
        direct(loggers.getLogger(ACCESS), standardError(loggers, access));
        direct(loggers.getLogger(AUDIT), standardError(loggers, audit));
        direct(loggers.getLogger(NO_ACCESS_LOG), all);
    }

    private static void direct(Logger logger, Appender<ILoggingEvent> appender) {
        logger.setAdditive(false);
        replace(logger, appender);
    }

    private static void replace(Logger logger, Appender<ILoggingEvent> appender) {
        logger.detachAndStopAllAppenders();
        logger.addAppender(appender);
    }

    private static Encoder<ILoggingEvent> pattern(LoggerContext loggers, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(loggers);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }

    private static Appender<ILoggingEvent> standardError(LoggerContext loggers, Encoder<ILoggingEvent> encoder) {
        encoder.setContext(loggers);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(loggers);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
