package io.plumbline.spi;

import java.util.List;

/// The annotations that the core writes on Services, whatever their cloud. Dialects list them beside their own, so that
/// nobody takes one for a mistake.
public final class CoreAnnotations {
    /// Before all keys that are ours.
    public static final String PREFIX = "plumbline.io/";

    /// Token and attempt of a creation under way. It shows what may exist and is trusted for nothing else.
    public static final String INTENT = PREFIX + "intent";

    /// Token of the creation that made the load balancer, where the dialect writes it nowhere: the next one must take
    /// another.
    public static final String TOKEN = PREFIX + "token";

    /// Whose the finalizer is, since all providers share its name.
    public static final String PROVIDER = PREFIX + "provider";

    /// Which incarnations may exist; absent as long as there has been one only.
    public static final String INCARNATIONS = PREFIX + "incarnations";

    /// On which load balancers a Service may have something that it shares, or has shared, one.
    public static final String LOAD_BALANCERS = PREFIX + "load-balancers";

    /// All of them.
    public static final List<Written> WRITTEN = List.of(
            new Written(INTENT, "Token and attempt of a creation under way."),
            new Written(
                    INCARNATIONS,
                    "Which load balancers may exist for this Service, once one was replaced. Written, trusted for"
                            + " nothing."),
            new Written(
                    LOAD_BALANCERS,
                    "On which load balancers this Service may have something, once it shared one. Written, trusted for"
                            + " nothing."),
            new Written(PROVIDER, "Which provider's the finalizer is. Written as long as the finalizer is there."),
            new Written(TOKEN, "Token of the creation that made the load balancer. Written, trusted for nothing."));

    private CoreAnnotations() {}

    /// A key, and what it says to people.
    public record Written(String key, String meaning) {}
}
