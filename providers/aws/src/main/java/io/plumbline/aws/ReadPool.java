package io.plumbline.aws;

import io.plumbline.aws.Reader.SeenListener;
import io.plumbline.spi.model.Actual.Found;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Actual.Member;
import io.plumbline.spi.model.Actual.State;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The target groups of one pool, each in its part: see [GroupIds].
record ReadPool(Optional<ReadGroup> active, Optional<ReadGroup> coming, Optional<ReadGroup> loose) {
    /// @param groups of one pool, at least one
    static ReadPool of(List<ReadGroup> groups, List<SeenListener> listeners) {
        SortedMap<String, Integer> weights = new TreeMap<>();
        listeners.forEach(listener -> ReadListener.forwards(listener.shown())
                .forEach(forward -> weights.put(forward.group(), forward.weight())));
        List<ReadGroup> sorted = groups.stream()
                .sorted(Comparator.comparing((ReadGroup group) -> group.kind().targets() == Targets.NODES)
                        .thenComparing(ReadGroup::arn))
                .toList();
        List<ReadGroup> serving = sorted.stream()
                .filter(group -> weights.getOrDefault(group.arn(), 0) > 0)
                .toList();
        List<ReadGroup> waiting = sorted.stream()
                .filter(group -> weights.getOrDefault(group.arn(), 1) == 0)
                .toList();
        List<ReadGroup> rest = sorted.stream()
                .filter(group -> !weights.containsKey(group.arn()))
                .toList();
        List<ReadGroup> inOrder =
                Stream.of(serving, waiting, rest).flatMap(List::stream).toList();
        ReadGroup first = inOrder.getFirst();
        Optional<ReadGroup> second = inOrder.stream().skip(1).findFirst();
        return new ReadPool(
                Optional.of(first),
                second.filter(group -> weights.containsKey(group.arn())),
                second.filter(group -> !weights.containsKey(group.arn())));
    }

    private Stream<ReadGroup> all() {
        return Stream.of(active, coming, loose).flatMap(Optional::stream);
    }

    FoundPool found() {
        ReadGroup leading = coming.or(() -> active).orElseThrow();
        boolean leftover = loose.filter(group -> group.members().isEmpty()).isPresent() || isTakenOver();
        Owned<Pool> pool = owned(leading, leading.pool(leftover));
        GroupIds ids = new GroupIds(active.map(ReadGroup::arn), coming.map(ReadGroup::arn), loose.map(ReadGroup::arn));
        List<Member> members = all().flatMap(group -> group.members().stream())
                .sorted()
                .map(key -> member(pool, key))
                .toList();
        return new FoundPool(new Found<>(ids.text(), pool, State.ACTIVE), members);
    }

    /// The last members of the one that serves have gone by themselves, and the listener has not gone over.
    private boolean isTakenOver() {
        return active.filter(group -> group.members().isEmpty()).isPresent()
                && coming.filter(group -> !group.members().isEmpty()).isPresent();
    }

    /// Its tags have been compared with the mark already.
    private static Owned<Pool> owned(ReadGroup group, Pool pool) {
        if (Ownership.decide(group.mark(), Names.mark(group.tags(), group.mark()), pool) instanceof Owned<Pool> ours) {
            return ours;
        }
        throw new IllegalArgumentException("not ours: " + group.arn());
    }

    private static Member member(Owned<Pool> pool, BackendKey key) {
        return new Member(
                Ownership.partOf(pool, new Backend(key, Setting.unmanaged(), Optional.empty())),
                State.ACTIVE,
                Optional.empty());
    }
}
