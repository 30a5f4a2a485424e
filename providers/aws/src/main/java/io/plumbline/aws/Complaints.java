package io.plumbline.aws;

import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.objects.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/// Gathers what the user of one Service must be told while its input is read.
final class Complaints {
    private final ObjectKey service;
    private final List<Problem> problems = new ArrayList<>();

    Complaints(ObjectKey service) {
        this.service = service;
    }

    /// @param message a sentence that says what is wrong and what to change
    void add(String field, String message) {
        problems.add(new Problem(service, field, message));
    }

    List<Problem> sorted() {
        return problems.stream().sorted().toList();
    }
}
