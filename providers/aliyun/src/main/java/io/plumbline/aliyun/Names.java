package io.plumbline.aliyun;

import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What we write on the cloud's resources so that they are known again.
final class Names {
    /// Tag: UID of the cluster.
    static final String CLUSTER_TAG = "plumbline.io/cluster";

    /// Tag: UID of the object.
    static final String OBJECT_TAG = "plumbline.io/object";

    /// Tag of a replacement: how many there were before it.
    static final String INCARNATION_TAG = "plumbline.io/incarnation";

    /// Tag: the keys of those tags that an annotation asked for.
    static final String LISTED_TAG = "plumbline.io/tags";

    /// Ours, in the order in which they are written.
    static final List<String> OUR_TAGS = List.of(CLUSTER_TAG, OBJECT_TAG, INCARNATION_TAG, LISTED_TAG);

    /// Characters that a name or description may have (https://help.aliyun.com/document_detail/27577.html,
    /// https://help.aliyun.com/document_detail/35215.html).
    static final int LONGEST_NAME = 80;

    /// Characters of a tag's value (https://help.aliyun.com/document_detail/42841.html).
    static final int LONGEST_TAG_VALUE = 128;

    private static final String HASH = "[0-9a-f]{16}";
    private static final String PREFIX = "plumbline-";
    private static final Pattern MARKED = Pattern.compile(PREFIX + "(" + HASH + ")");
    private static final Pattern POOL = Pattern.compile(PREFIX + "(" + HASH + ")/(.+)");
    private static final Pattern BACKEND = Pattern.compile(PREFIX + "(" + HASH + ")(?:/(" + HASH + "))?");

    private Names() {}

    /// A hash, and what follows it.
    record Marked(String hash, String rest) {}

    /// Of a listener and of an access control list: `plumbline-<hash>`.
    static String marked(Mark mark) {
        return PREFIX + mark.hash();
    }

    static Optional<String> hash(String text) {
        Matcher matcher = MARKED.matcher(text);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /// Of a group of backends: `plumbline-<hash>/tcp/80`.
    static String pool(Mark mark, PoolKey pool) {
        return marked(mark) + "/" + pool.name();
    }

    static Optional<Marked> pool(String groupName) {
        Matcher matcher = POOL.matcher(groupName);
        return matcher.matches() ? Optional.of(new Marked(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /// Of a backend: `plumbline-<hash>`, and `/<hash of the Pod's UID>` where it is a Pod.
    static String backend(Mark mark, Optional<String> registrant) {
        return marked(mark) + registrant.map(uid -> "/" + labelOf(uid)).orElse("");
    }

    static Optional<Marked> backend(String description) {
        Matcher matcher = BACKEND.matcher(description);
        return matcher.matches()
                ? Optional.of(new Marked(
                        matcher.group(1), Optional.ofNullable(matcher.group(2)).orElse("")))
                : Optional.empty();
    }

    /// What was read of a member is a hash already.
    private static String labelOf(String registrant) {
        return registrant.matches(HASH) ? registrant : Mark.shortHash(registrant);
    }

    /// For people; what we own is known by tags. It begins with a letter, as it must.
    static String loadBalancer(ObjectKey object) {
        String name = ("plumbline_" + object.namespace() + "_" + object.name()).replaceAll("[^A-Za-z0-9_.-]", "-");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /// Listeners have no identifier of their own here.
    static String listener(String loadBalancer, String protocol, ListenerKey key) {
        return loadBalancer + "/" + protocol + "/" + key.port();
    }
}
