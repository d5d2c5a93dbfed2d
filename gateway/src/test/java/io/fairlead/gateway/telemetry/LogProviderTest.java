package io.fairlead.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;

import org.junit.jupiter.api.Test;

final class LogProviderTest {
    @Test
    void isSetUpAsTheServiceThatLogbackFinds() {
        LogProvider provider = new LogProvider();
        provider.initialize();
        LoggerContext context = (LoggerContext) provider.getLoggerFactory();
        try {
            assertThat(
                            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                                    .getAppender(Logging.APPENDER))
                    .isInstanceOf(LineAppender.class);
            assertThat(context.getLogger(Logging.OURS).isInfoEnabled()).isTrue();
            assertThat(context.isStarted()).isTrue();
            assertThat(provider.getMDCAdapter()).isSameAs(context.getMDCAdapter());
        } finally {
            context.stop();
        }
    }
}
