package io.plumbline.tencent;

import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ObjectKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What we write on the cloud's resources so that they are known again.
final class Names {
    /// Tag: UID of the cluster.
    static final String CLUSTER_TAG = "plumbline.io/cluster";

    /// Tag: UID of the object.
    static final String OBJECT_TAG = "plumbline.io/object";

    /// Tag: how often the object's load balancer had been replaced when this one was made; absent on the first.
    static final String INCARNATION_TAG = "plumbline.io/incarnation";

    /// Characters that a name may have, of a listener and of a load balancer
    /// (https://cloud.tencent.com/document/api/214/30692).
    static final int LONGEST_NAME = 60;

    private static final Pattern LISTENER = Pattern.compile("plumbline-([0-9a-f]{16})(?:-(.*))?", Pattern.DOTALL);
    private static final String LISTENER_PREFIX = "plumbline-";
    private static final int HASH_LENGTH = 16;

    /// Characters that are left for a listener's own name behind our mark.
    static final int LONGEST_SUFFIX = LONGEST_NAME - LISTENER_PREFIX.length() - HASH_LENGTH - 1;

    private Names() {}

    /// `plumbline-<hash>`, and `-` and the user's own name where there is one.
    static String listener(Mark mark, Setting<String> suffix) {
        return LISTENER_PREFIX
                + mark.hash()
                + suffix.asOptional().map(name -> "-" + name).orElse("");
    }

    /// The hash of the mark in a listener's name.
    static Optional<String> hash(String listenerName) {
        Matcher matcher = LISTENER.matcher(listenerName);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// The user's own name behind our mark.
    static Optional<String> suffix(String listenerName) {
        Matcher matcher = LISTENER.matcher(listenerName);
        return matcher.matches() ? Optional.ofNullable(matcher.group(2)) : Optional.empty();
    }

    /// For people; what we own is known by tags.
    static String loadBalancer(ObjectKey object, int incarnation) {
        String name = ("plumbline_" + object.namespace() + "_" + object.name()).replaceAll("[^A-Za-z0-9_-]", "-");
        String suffix = incarnation == 0 ? "" : "_" + incarnation;
        return name.substring(0, Math.min(name.length(), LONGEST_NAME - suffix.length())) + suffix;
    }
}
