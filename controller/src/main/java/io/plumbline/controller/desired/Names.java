package io.plumbline.controller.desired;

import java.util.List;

/// Lists of names in messages: at most ten of them, and how many more.
public final class Names {
    private static final int SHOWN = 10;

    private Names() {}

    /// `a, b, c`, or `a, ..., j and 3 more`.
    public static String list(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }
}
