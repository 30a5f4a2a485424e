package io.plumbline.aws;

import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.PoolKey;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What we write on the cloud's resources so that they are known again: names that follow from our keys, and
/// tags.
///
/// A name of a load balancer or a target group has at most 32 letters, digits and hyphens
/// (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html).
final class Names {
    /// Tag: UID of the cluster.
    static final String CLUSTER_TAG = "plumbline.io/cluster";

    /// Tag: UID of the object.
    static final String OBJECT_TAG = "plumbline.io/object";

    /// Tag: which replacement it belongs to; the first has none.
    static final String INCARNATION_TAG = "plumbline.io/incarnation";

    /// Tag: the pool that a target group is, `tcp/80`.
    static final String POOL_TAG = "plumbline.io/pool";

    /// Tag, for people: namespace and name of the object.
    static final String SERVICE_TAG = "plumbline.io/service";

    /// Tag: keys of the tags that the user asked for, so that those of others are told apart from them.
    static final String TAGS_TAG = "plumbline.io/tags";

    /// Tag: subnets as the user wrote them, by name or id.
    static final String SUBNETS_TAG = "plumbline.io/subnets";

    /// Keys of the tags that are ours.
    static final String OUR_TAGS = "plumbline.io/";

    /// Neither a key of the annotation nor the name of a subnet can have it, and values of tags may.
    private static final String SEPARATOR = "=";

    private static final String PREFIX = "plumbline-";

    private Names() {}

    static String loadBalancer(Mark owner, LoadBalancerKey key) {
        return PREFIX + Mark.shortHash(place(owner, key));
    }

    static String targetGroup(Mark mark, LoadBalancerKey key, PoolKey pool, GroupKind kind) {
        return PREFIX + Mark.shortHash(place(mark, key) + "/" + pool.name()) + kind.suffix();
    }

    static String frontendGroup(Mark owner, LoadBalancerKey key) {
        return PREFIX + "frontend-" + Mark.shortHash(place(owner, key));
    }

    static String backendGroup(String clusterUid) {
        return PREFIX + "backend-" + Mark.shortHash(clusterUid);
    }

    private static String place(Mark mark, LoadBalancerKey key) {
        String which = switch (key) {
            case LoadBalancerKey.Managed managed -> managed.incarnation() == 0 ? "" : "#" + managed.incarnation();
            case LoadBalancerKey.Existing existing -> "@" + existing.id();
            case LoadBalancerKey.Group group -> "@" + group.text();
        };
        return mark.clusterUid() + "/" + mark.objectUid() + which;
    }

    /// What a target group holds, by its ARN:
    /// `arn:aws:elasticloadbalancing:<region>:<account>:targetgroup/<name>/<id>`, or by a reference to one that is
    /// still to be made.
    static Optional<GroupKind> kind(String arn) {
        String[] parts = arn.split("/", 3);
        return GroupKind.ofName(parts.length == 3 ? parts[1] : arn);
    }

    /// The tags that say whose something is.
    static SortedMap<String, String> tags(Mark mark, LoadBalancerKey key) {
        TreeMap<String, String> tags = new TreeMap<>();
        tags.put(CLUSTER_TAG, mark.clusterUid());
        tags.put(OBJECT_TAG, mark.objectUid());
        tags.put(SERVICE_TAG, mark.object().text());
        if (key.incarnation() > 0) {
            tags.put(INCARNATION_TAG, String.valueOf(key.incarnation()));
        }
        return tags;
    }

    /// The whole mark that the tags show. The object's name is not part of it, since a UID says more.
    static Optional<Mark> mark(SortedMap<String, String> tags, Mark expected) {
        Optional<String> cluster = Optional.ofNullable(tags.get(CLUSTER_TAG)).filter(text -> !text.isEmpty());
        Optional<String> object = Optional.ofNullable(tags.get(OBJECT_TAG)).filter(text -> !text.isEmpty());
        return cluster.flatMap(uid -> object.map(objectUid -> new Mark(uid, expected.object(), objectUid)));
    }

    /// Whether they are those of this very incarnation.
    static boolean sameIncarnation(SortedMap<String, String> tags, LoadBalancerKey key) {
        String shown = tags.getOrDefault(INCARNATION_TAG, "0");
        return shown.equals(String.valueOf(key.incarnation()));
    }

    static String joined(Iterable<String> words) {
        return String.join(SEPARATOR, words);
    }

    static List<String> split(String joined) {
        return joined.isEmpty() ? List.of() : List.of(joined.split(SEPARATOR, -1));
    }

    /// The user's own tags, together with the note of which they are.
    static SortedMap<String, String> withNote(SortedMap<String, String> tags) {
        TreeMap<String, String> all = new TreeMap<>(tags);
        if (!tags.isEmpty()) {
            all.put(TAGS_TAG, joined(tags.keySet()));
        }
        return all;
    }

    /// Those of the tags that the user asked for.
    static SortedMap<String, String> asked(SortedMap<String, String> tags) {
        TreeMap<String, String> asked = new TreeMap<>(tags);
        asked.keySet().retainAll(split(tags.getOrDefault(TAGS_TAG, "")));
        return asked;
    }
}
