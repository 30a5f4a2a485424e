package io.plumbline.readinessgate.watch;

import io.plumbline.spi.Answer;
import io.plumbline.spi.Provider.HealthQuestion;
import io.plumbline.spi.model.Health;
import java.util.List;

/// Where health is asked: [io.plumbline.spi.Provider#health], whose calls pass the budget.
@FunctionalInterface
public interface HealthSource {
    /// @return one for each question, in the same order
    Answer<List<Health>> ask(List<HealthQuestion> questions);
}
