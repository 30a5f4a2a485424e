package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Evidence.Question;
import io.plumbline.spi.change.Reason;
import java.util.List;

/// What the evidence says of a removal.
sealed interface Finding {
    /// It may go.
    record Supported() implements Finding {}

    /// Its Pod or node is gone: there is nothing to wait for.
    record Gone(Reason reason) implements Finding {}

    /// Its Pod's containers are not ready: enough for a few in a pool, not for many.
    record Partly() implements Finding {}

    /// Nothing supports it.
    record Held(Reason reason) implements Finding {
        static Held because(String why) {
            return new Held(new Reason(Reason.HELD_BACK, why));
        }
    }

    /// Not known before these are read.
    record Asks(List<Question> questions) implements Finding {
        public Asks {
            questions = List.copyOf(questions);
        }
    }
}
