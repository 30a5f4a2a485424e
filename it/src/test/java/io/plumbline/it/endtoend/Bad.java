package io.plumbline.it.endtoend;

import java.util.List;

/// A wrong annotation.
///
/// @param words that must be told of it
record Bad(String key, String value, List<String> words) {
    Bad {
        words = List.copyOf(words);
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
