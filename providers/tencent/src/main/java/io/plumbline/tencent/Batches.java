package io.plumbline.tencent;

import io.plumbline.tencent.Call.CreateListeners;
import io.plumbline.tencent.Call.DeleteListeners;
import io.plumbline.tencent.Call.Deregister;
import io.plumbline.tencent.Call.Register;
import io.plumbline.tencent.Call.SetWeights;
import io.plumbline.tencent.Call.Target;
import io.plumbline.tencent.Lowering.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts calls of one kind together as far as the API allows, over all listeners, and without overtaking a call that
/// concerns the same listener.
final class Batches {
    private Batches() {}

    static List<Step> merged(List<Step> single) {
        List<Step> steps = new ArrayList<>();
        single.forEach(step -> add(steps, step));
        return List.copyOf(steps);
    }

    /// A removed load balancer takes all that is on it, a removed listener its targets: their removal is its own.
    static List<Step> withoutWhatGoesAnyway(List<Step> single) {
        List<Step> kept = new ArrayList<>();
        for (Step step : single) {
            Optional<Step> larger = single.stream()
                    .filter(other -> !other.equals(step) && takes(other.call(), step.call()))
                    .findFirst();
            if (larger.isEmpty()) {
                kept.add(new Step(step.call(), changesWith(single, step)));
            }
        }
        return kept;
    }

    private static List<Integer> changesWith(List<Step> single, Step step) {
        return single.stream()
                .filter(other -> other.equals(step) || takes(step.call(), other.call()))
                .flatMap(other -> other.changes().stream())
                .toList();
    }

    private static boolean takes(Call larger, Call smaller) {
        return switch (larger) {
            case Call.DeleteLoadBalancer delete -> smaller.removes() && !(smaller instanceof Call.DeleteLoadBalancer);
            case DeleteListeners delete ->
                smaller.removes()
                        && !(smaller instanceof DeleteListeners)
                        && !smaller.listenersNamed().isEmpty()
                        && delete.listeners().containsAll(smaller.listenersNamed());
            case Call.CreateLoadBalancer other -> false;
            case Call.ModifyLoadBalancer other -> false;
            case Call.LiftProtection other -> false;
            case Call.ModifyListener other -> false;
            case CreateListeners other -> false;
            case Register other -> false;
            case Deregister other -> false;
            case SetWeights other -> false;
        };
    }

    private static void add(List<Step> steps, Step step) {
        for (int index = steps.size() - 1; index >= 0; index--) {
            Step earlier = steps.get(index);
            Optional<Call> both = together(earlier.call(), step.call());
            if (both.isPresent()) {
                List<Integer> changes = Stream.concat(earlier.changes().stream(), step.changes().stream())
                        .toList();
                steps.set(index, new Step(both.get(), changes));
                return;
            }
            if (!Collections.disjoint(
                    earlier.call().listenersNamed(), step.call().listenersNamed())) {
                break;
            }
        }
        steps.add(step);
    }

    /// One call for both, if they are of a kind and it is not too large.
    private static Optional<Call> together(Call first, Call second) {
        return switch (first) {
            case Register one
            when second instanceof Register two ->
                fitting(one.targets(), two.targets(), Limits.TARGETS_PER_BATCH)
                        .map(all -> new Register(one.loadBalancer(), all));
            case Deregister one
            when second instanceof Deregister two ->
                fitting(one.targets(), two.targets(), Limits.TARGETS_PER_BATCH)
                        .map(all -> new Deregister(one.loadBalancer(), all));
            case SetWeights one
            when second instanceof SetWeights two && one.drains() == two.drains() ->
                fitting(one.targets(), two.targets(), Limits.TARGETS_PER_BATCH)
                        .filter(Batches::rulesFit)
                        .map(all -> new SetWeights(one.loadBalancer(), all));
            case CreateListeners one
            when second instanceof CreateListeners two && one.settings().equals(two.settings()) ->
                fitting(one.listeners(), two.listeners(), Limits.PORTS_PER_CREATE)
                        .map(all -> new CreateListeners(one.loadBalancer(), one.settings(), all));
            case DeleteListeners one
            when second instanceof DeleteListeners two ->
                fitting(one.listeners(), two.listeners(), Limits.LISTENERS_PER_DELETE)
                        .map(all -> new DeleteListeners(one.loadBalancer(), all));
            case Register one -> Optional.empty();
            case Deregister one -> Optional.empty();
            case SetWeights one -> Optional.empty();
            case CreateListeners one -> Optional.empty();
            case DeleteListeners one -> Optional.empty();
            case Call.CreateLoadBalancer one -> Optional.empty();
            case Call.ModifyLoadBalancer one -> Optional.empty();
            case Call.LiftProtection one -> Optional.empty();
            case Call.DeleteLoadBalancer one -> Optional.empty();
            case Call.ModifyListener one -> Optional.empty();
        };
    }

    private static <T> Optional<List<T>> fitting(List<T> first, List<T> second, int most) {
        return first.size() + second.size() > most
                ? Optional.empty()
                : Optional.of(Stream.concat(first.stream(), second.stream()).toList());
    }

    /// A rule is one listener and weight with some targets; each began one makes at most one rule that is not full.
    private static boolean rulesFit(List<Target> targets) {
        long begun = targets.stream().map(WeightRule::of).distinct().count();
        return begun + targets.size() / Limits.TARGETS_PER_WEIGHT_RULE <= Limits.RULES_PER_WEIGHT_CALL;
    }

    /// What the targets of one rule share.
    record WeightRule(String listener, int weight) {
        static WeightRule of(Target target) {
            return new WeightRule(target.listener(), target.weight());
        }
    }
}
