package io.plumbline.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/// What is written to the log.
public final class Logs {
    private Logs() {}

    /// Libraries that log through the JDK say nothing: what matters of theirs comes as an exception.
    static void withoutLibraries() {
        LogManager.getLogManager().reset();
    }

    /// For commands that talk to people: warnings only.
    public static void warningsOnly() {
        if (LoggerFactory.getLogger("io.plumbline") instanceof Logger logger) {
            logger.setLevel(Level.WARN);
        }
    }
}
