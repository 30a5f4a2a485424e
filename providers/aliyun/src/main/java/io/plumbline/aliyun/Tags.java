package io.plumbline.aliyun;

import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Our mark as tags, and the tags that an annotation lists. The keys of these stand in a tag of their
/// own, so that one that is no longer listed is known to be ours to remove.
final class Tags {
    private static final String SEPARATOR = " ";

    private Tags() {}

    /// The mark of a load balancer.
    static SortedMap<String, String> mark(Mark owner, int incarnation) {
        TreeMap<String, String> tags = new TreeMap<>();
        tags.put(Names.CLUSTER_TAG, owner.clusterUid());
        tags.put(Names.OBJECT_TAG, owner.objectUid());
        if (incarnation > 0) {
            tags.put(Names.INCARNATION_TAG, String.valueOf(incarnation));
        }
        return tags;
    }

    /// Those that the annotation lists, with the tag that names them.
    static SortedMap<String, String> listedAndNamed(Pairs tags) {
        TreeMap<String, String> all = new TreeMap<>(tags.byName());
        if (!all.isEmpty()) {
            all.put(Names.LISTED_TAG, listed(tags));
        }
        return all;
    }

    static String listed(Pairs tags) {
        return String.join(SEPARATOR, tags.byName().keySet());
    }

    /// Those of a load balancer's tags that an annotation once listed.
    static Pairs read(SortedMap<String, String> shown) {
        List<String> keys =
                Arrays.asList(shown.getOrDefault(Names.LISTED_TAG, "").split(SEPARATOR));
        TreeMap<String, String> listed = new TreeMap<>(shown);
        listed.keySet().retainAll(keys);
        return new Pairs(listed);
    }

    /// Whether the tags are those that this mark would have written.
    static boolean carry(SortedMap<String, String> shown, Mark owner, int incarnation) {
        return owner.clusterUid().equals(shown.get(Names.CLUSTER_TAG))
                && owner.objectUid().equals(shown.get(Names.OBJECT_TAG))
                && (incarnation == 0 ? "" : String.valueOf(incarnation))
                        .equals(shown.getOrDefault(Names.INCARNATION_TAG, ""));
    }

    /// The mark, if there is a whole one. It holds two UIDs; the object's name is no part of it.
    static Optional<Mark> mark(SortedMap<String, String> shown, Mark expected) {
        return present(shown, Names.CLUSTER_TAG)
                .flatMap(cluster ->
                        present(shown, Names.OBJECT_TAG).map(object -> new Mark(cluster, expected.object(), object)));
    }

    private static Optional<String> present(SortedMap<String, String> shown, String key) {
        return Optional.ofNullable(shown.get(key)).filter(text -> !text.isEmpty());
    }

    /// What is managed of the tags.
    static Pairs wanted(Setting<Pairs> tags) {
        return tags.asOptional().orElseGet(Pairs::none);
    }
}
