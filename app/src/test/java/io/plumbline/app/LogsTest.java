package io.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogsTest {
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.plumbline");
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = ours.getLevel();
    private final Level rootBefore = root.getLevel();

    @AfterEach
    void restore() {
        ours.setLevel(before);
        root.setLevel(rootBefore);
    }

    @Test
    void commandsForPeopleLogWarningsOnly() {
        ours.setLevel(Level.INFO);

        Logs.warningsOnly(Map.of());

        assertThat(LoggerFactory.getLogger(LogsTest.class).isInfoEnabled()).isFalse();
        assertThat(LoggerFactory.getLogger(LogsTest.class).isWarnEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("io.fabric8").isWarnEnabled()).isFalse();
    }

    @Test
    void theEnvironmentMayAskForMore() {
        ours.setLevel(Level.DEBUG);

        Logs.warningsOnly(Map.of("PLUMBLINE_LOG_LEVEL", "DEBUG"));

        assertThat(LoggerFactory.getLogger(LogsTest.class).isDebugEnabled()).isTrue();
    }

    /// On stdout nothing but a command's own output is allowed.
    @Test
    void aLineIsOneJsonObjectOnStandardError() {
        OutputStreamAppender<?> appender = (OutputStreamAppender<?>)
                ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).getAppender("JSON");

        assertThat(appender).hasFieldOrPropertyWithValue("target", "System.err");
        assertThat(line(appender, "two\nlines"))
                .startsWith("{")
                .endsWith("}\n")
                .containsOnlyOnce("\n")
                .contains("two\\nlines");
    }

    @SuppressWarnings("unchecked")
    private String line(OutputStreamAppender<?> appender, String message) {
        LoggingEvent event = new LoggingEvent(getClass().getName(), ours, Level.INFO, message, null, null);
        return new String(
                ((OutputStreamAppender<LoggingEvent>) appender).getEncoder().encode(event), StandardCharsets.UTF_8);
    }
}
