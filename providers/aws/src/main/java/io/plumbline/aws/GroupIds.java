package io.plumbline.aws;

import io.plumbline.aws.Call.Forward;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.PoolKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The target groups of one pool. A target group has what its [GroupKind] says and nothing else; so while a pool
/// changes
/// from one to another it has two, and the listener takes the new one's health at weight 0 until it serves.
///
/// @param active the one that serves
/// @param coming beside it at the listener, at weight 0
/// @param loose at no listener, left over or about to come
record GroupIds(Optional<String> active, Optional<String> coming, Optional<String> loose) {
    private static final String SEPARATOR = " ";
    private static final String COMING = "+";
    private static final String LOOSE = "-";

    static GroupIds none() {
        return new GroupIds(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// Those of a pool, as far as they are known.
    static GroupIds of(Ids ids, PoolKey pool) {
        return ids.id(pool).map(GroupIds::parse).orElseGet(GroupIds::none);
    }

    static GroupIds one(String arn) {
        return new GroupIds(Optional.of(arn), Optional.empty(), Optional.empty());
    }

    /// The same groups once a listener sends its traffic so.
    GroupIds after(List<Forward> forwards) {
        List<String> at = forwards.stream().map(Forward::group).toList();
        return new GroupIds(
                forwards.stream()
                        .filter(forward -> forward.weight() > 0)
                        .map(Forward::group)
                        .findFirst(),
                forwards.stream()
                        .filter(forward -> forward.weight() == 0)
                        .map(Forward::group)
                        .findFirst(),
                all().filter(arn -> !at.contains(arn)).findFirst());
    }

    /// As an identifier of the pool: of a pool with one target group, its ARN.
    String text() {
        return String.join(
                SEPARATOR,
                Stream.of(active, coming.map(arn -> COMING + arn), loose.map(arn -> LOOSE + arn))
                        .flatMap(Optional::stream)
                        .toList());
    }

    static GroupIds parse(String text) {
        GroupIds ids = none();
        for (String part : text.split(SEPARATOR, -1)) {
            if (part.startsWith(COMING)) {
                ids = new GroupIds(ids.active, Optional.of(part.substring(1)), ids.loose);
            } else if (part.startsWith(LOOSE)) {
                ids = new GroupIds(ids.active, ids.coming, Optional.of(part.substring(1)));
            } else if (!part.isEmpty()) {
                ids = new GroupIds(Optional.of(part), ids.coming, ids.loose);
            }
        }
        return ids;
    }

    Stream<String> all() {
        return Stream.of(active, coming, loose).flatMap(Optional::stream);
    }

    Optional<String> of(GroupKind kind) {
        return all().filter(arn -> Names.kind(arn).equals(Optional.of(kind))).findFirst();
    }

    /// The one that may hold what has this address.
    Optional<String> holding(Address address) {
        return all().filter(arn ->
                        Names.kind(arn).filter(kind -> kind.holds(address)).isPresent())
                .findFirst();
    }
}
