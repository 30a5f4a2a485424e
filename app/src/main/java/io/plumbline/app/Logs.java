package io.plumbline.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Map;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/// What is written to the log: JSON lines on stderr. How much of ours, the variable PLUMBLINE_LOG_LEVEL says.
public final class Logs {
    private static final String LEVEL = "PLUMBLINE_LOG_LEVEL";
    private static final String OURS = "io.plumbline";

    private Logs() {}

    /// Libraries that log through the JDK say nothing, and neither does one that logs what it throws: what matters
    /// of theirs comes as an exception.
    static void withoutLibraries() {
        LogManager.getLogManager().reset();
        set("com.aliyun.credentials", Level.OFF);
    }

    /// For commands that talk to people: our warnings, and of libraries what fails, unless the environment asks
    /// for another level.
    public static void warningsOnly() {
        warningsOnly(System.getenv());
    }

    static void warningsOnly(Map<String, String> environment) {
        if (environment.getOrDefault(LEVEL, "").isBlank()) {
            set(OURS, Level.WARN);
            set(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.ERROR);
        }
    }

    private static void set(String name, Level level) {
        if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level);
        }
    }
}
