package io.fairlead.gateway.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;

import io.fairlead.kernel.Secret;

import org.slf4j.LoggerFactory;

import java.util.Collection;

/**
 * The log of the process: lines go through a bounded queue to standard error, so that no disk and
 * no terminal can hold up a request. Thread-safe.
 */
public final class Logging {
    static final String OURS = "io.fairlead";
    static final String APPENDER = "lines";

    private final LoggerContext context;
    private final LineAppender appender;

    private Logging(LoggerContext context, LineAppender appender) {
        this.context = context;
        this.appender = appender;
    }

    /** The log of this process, which {@link LogConfigurator} has set up. */
    public static Logging ofProcess() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (root.getAppender(APPENDER) instanceof LineAppender appender) {
            return new Logging(context, appender);
        }
        throw new IllegalStateException("log: not set up by Fairlead");
    }

    /** Writes lines in this form and from this level on. */
    public void apply(LogSettings settings) {
        appender.form(settings.form());
        Level level = Level.toLevel(settings.level().name());
        context.getLogger(OURS).setLevel(level);
        context.getLogger("fairlead").setLevel(level);
    }

    /** Never lets one of these be printed, whatever a line says. Replaces those given before. */
    public void hide(Collection<Secret> secrets) {
        appender.hide(secrets);
    }

    /** Shows how many lines found no place in the queue. */
    public void showIn(Gauges gauges) {
        gauges.total(
                "fairlead_log_lines_dropped",
                "Lines of the log that found no place in the queue.",
                appender::dropped);
    }

    /** Writes what is queued and stops. */
    public void close() {
        context.stop();
    }
}
