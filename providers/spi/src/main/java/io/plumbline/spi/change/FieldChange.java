package io.plumbline.spi.change;

/// One field that differs.
///
/// @param field the path of record components, `healthCheck.interval`
/// @param from what the cloud shows, as text
/// @param to what is wanted, as text
public record FieldChange(String field, String from, String to) {
    /// `healthCheck.interval: 5s -> 10s`.
    public String text() {
        return field + ": " + from + " -> " + to;
    }
}
