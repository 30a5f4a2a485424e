package io.plumbline.tencent;

import java.util.regex.Pattern;

/// Whether a text is a label selector in Kubernetes' own syntax, which TKE's annotation for nodes takes
/// (https://cloud.tencent.com/document/product/457/51258).
final class NodeSelector {
    private static final String LABEL = "[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?";
    private static final String VALUE = "([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?";
    private static final String EQUALITY = LABEL + "\\s*(=|==|!=)\\s*" + VALUE;
    private static final String SET = LABEL + "\\s+(in|notin)\\s*\\(\\s*" + VALUE + "(\\s*,\\s*" + VALUE + ")*\\s*\\)";
    private static final String EXISTENCE = "!?\\s*" + LABEL;
    private static final String TERM = "\\s*(" + EQUALITY + "|" + SET + "|" + EXISTENCE + ")\\s*";
    private static final Pattern SELECTOR = Pattern.compile(TERM + "(," + TERM + ")*");

    private NodeSelector() {}

    /// An empty one selects every node.
    static boolean isReadable(String text) {
        return text.isBlank() || SELECTOR.matcher(text).matches();
    }
}
