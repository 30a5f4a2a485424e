package io.plumbline.readinessgate.webhook;

import java.util.List;
import java.util.stream.Stream;

/// What the webhook does to a Pod; it always admits it.
///
/// @param operations a JSON patch
/// @param warnings shown to whoever created the Pod, and found in the audit log
public record Admission(List<Operation> operations, List<String> warnings) {
    public Admission {
        operations = List.copyOf(operations);
        warnings = List.copyOf(warnings);
    }

    /// The Pod stays as it is.
    public static Admission untouched() {
        return new Admission(List.of(), List.of());
    }

    public static Admission untouched(String warning) {
        return new Admission(List.of(), List.of(warning));
    }

    /// This, with one warning more.
    Admission warning(String warning) {
        return new Admission(
                operations, Stream.concat(warnings.stream(), Stream.of(warning)).toList());
    }

    /// An `add` of a JSON patch, which replaces a value that is there.
    ///
    /// @param value as JSON's maps, lists, strings and numbers
    public record Operation(String path, Object value) {}
}
