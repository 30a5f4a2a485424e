package io.plumbline.aliyun;

import io.plumbline.aliyun.Call.CreatePool;
import io.plumbline.aliyun.Call.OfTargets;
import io.plumbline.aliyun.Call.Plain;
import io.plumbline.aliyun.Call.What;
import io.plumbline.aliyun.Lowering.Step;
import io.plumbline.spi.model.PoolKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Puts calls together as far as the API allows: members of one group, the first of them with the
/// group's making, and settings of one listener. None overtakes another of the same group or listener.
///
/// @param backendsPerCall members in one call
record Batches(int backendsPerCall) {
    List<Step> merged(List<Step> single) {
        List<Step> steps = new ArrayList<>();
        single.forEach(step -> add(steps, step));
        return List.copyOf(steps);
    }

    /// A removed load balancer takes all that is on it, a removed group its members: their removal is
    /// its own.
    static List<Step> withoutWhatGoesAnyway(List<Step> single) {
        List<Step> kept = new ArrayList<>();
        for (Step step : single) {
            boolean goesAnyway =
                    single.stream().anyMatch(other -> !other.equals(step) && takes(other.call(), step.call()));
            if (!goesAnyway) {
                kept.add(new Step(step.call(), changesWith(single, step)));
            }
        }
        return kept;
    }

    private static List<Integer> changesWith(List<Step> single, Step step) {
        return single.stream()
                .filter(other -> other.equals(step) || takes(step.call(), other.call()))
                .flatMap(other -> other.changes().stream())
                .distinct()
                .toList();
    }

    private static boolean takes(Call larger, Call smaller) {
        if (!(larger instanceof Plain plain) || !smaller.removes() || larger.equals(smaller)) {
            return false;
        }
        return switch (plain.action()) {
            case "DeleteLoadBalancer" -> !isAccessList(smaller);
            case "DeleteVServerGroup" ->
                smaller instanceof OfTargets batch
                        && batch.group()
                                .filter(plain.parameters().getOrDefault("VServerGroupId", "")::equals)
                                .isPresent();
            default -> false;
        };
    }

    private static boolean isAccessList(Call call) {
        return call instanceof Plain plain && plain.action().equals("DeleteAccessControlList");
    }

    private void add(List<Step> steps, Step step) {
        for (int index = steps.size() - 1; index >= 0; index--) {
            Step earlier = steps.get(index);
            Optional<Call> both = together(earlier.call(), step.call());
            if (both.isPresent()) {
                List<Integer> changes = Stream.concat(earlier.changes().stream(), step.changes().stream())
                        .toList();
                steps.set(index, new Step(both.get(), changes));
                return;
            }
            if (concernsTheSame(earlier.call(), step.call())) {
                break;
            }
        }
        steps.add(step);
    }

    /// One call for both, if they are of a kind and it is not too large.
    private Optional<Call> together(Call first, Call second) {
        if (first instanceof CreatePool create
                && second instanceof OfTargets batch
                && batch.what() == What.ADD
                && batch.pool().equals(create.pool())) {
            return fitting(create.targets(), batch.targets())
                    .map(all -> new CreatePool(create.loadBalancer(), create.pool(), create.name(), all));
        }
        if (first instanceof OfTargets one
                && second instanceof OfTargets two
                && one.what() == two.what()
                && one.pool().equals(two.pool())
                && one.drains() == two.drains()) {
            return fitting(one.targets(), two.targets()).map(one::with);
        }
        return first instanceof Plain one && second instanceof Plain two ? settings(one, two) : Optional.empty();
    }

    private static Optional<Call> settings(Plain one, Plain two) {
        boolean same = one.action().equals(two.action())
                && one.action().endsWith("ListenerAttribute")
                && one.listener().equals(two.listener());
        if (!same) {
            return Optional.empty();
        }
        TreeMap<String, String> all = new TreeMap<>(one.parameters());
        all.putAll(two.parameters());
        return Optional.of(new Plain(one.action(), all));
    }

    private <T> Optional<List<T>> fitting(List<T> first, List<T> second) {
        return first.size() + second.size() > backendsPerCall
                ? Optional.empty()
                : Optional.of(Stream.concat(first.stream(), second.stream()).toList());
    }

    private static boolean concernsTheSame(Call first, Call second) {
        Optional<PoolKey> pool = pool(first);
        Optional<String> listener = first instanceof Plain plain ? plain.listener() : Optional.empty();
        return (pool.isPresent() && pool.equals(pool(second)))
                || (listener.isPresent() && second instanceof Plain other && listener.equals(other.listener()));
    }

    private static Optional<PoolKey> pool(Call call) {
        return switch (call) {
            case CreatePool create -> Optional.of(create.pool());
            case OfTargets batch -> Optional.of(batch.pool());
            case Plain plain -> Optional.empty();
            case Call.CreateLoadBalancer create -> Optional.empty();
            case Call.SetExtensions set -> Optional.empty();
            case Call.SetAccessList set -> Optional.empty();
        };
    }
}
