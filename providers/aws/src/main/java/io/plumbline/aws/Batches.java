package io.plumbline.aws;

import io.plumbline.aws.Call.Deregister;
import io.plumbline.aws.Call.Register;
import io.plumbline.aws.Lowering.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts targets of one target group together as far as the API allows, without overtaking a call that concerns the
/// same target group.
final class Batches {
    private Batches() {}

    static List<Step> merged(List<Step> single) {
        List<Step> steps = new ArrayList<>();
        single.forEach(step -> add(steps, step));
        return List.copyOf(steps);
    }

    /// Several members that leave a target group all want the listener to have gone over first.
    static List<Step> onceOnly(List<Step> single) {
        List<Call> seen = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (Step step : single) {
            List<Call> left = step.calls().stream()
                    .filter(call -> !(call instanceof Call.ModifyListener) || !seen.contains(call))
                    .toList();
            seen.addAll(left);
            steps.add(new Step(left, step.changes()));
        }
        return steps;
    }

    private static void add(List<Step> steps, Step step) {
        Call next = step.calls().getFirst();
        Optional<String> group = group(next);
        for (int index = steps.size() - 1;
                index >= 0 && group.isPresent() && step.calls().size() == 1;
                index--) {
            Step earlier = steps.get(index);
            Optional<Call> both = together(earlier.calls().getLast(), next);
            if (both.isPresent()) {
                List<Call> calls = new ArrayList<>(earlier.calls());
                calls.set(calls.size() - 1, both.get());
                List<Integer> changes = Stream.concat(earlier.changes().stream(), step.changes().stream())
                        .toList();
                steps.set(index, new Step(calls, changes));
                return;
            }
            if (earlier.calls().stream().anyMatch(call -> group(call).equals(group))) {
                break;
            }
        }
        steps.add(step);
    }

    private static Optional<String> group(Call call) {
        if (call instanceof Register register) {
            return Optional.of(register.group());
        }
        if (call instanceof Deregister deregister) {
            return Optional.of(deregister.group());
        }
        return call instanceof Call.CreateTargetGroup create ? Optional.of(Call.made(create.name())) : Optional.empty();
    }

    /// One call for both, if they are of a kind and it is not too large.
    private static Optional<Call> together(Call first, Call second) {
        if (first instanceof Register one
                && second instanceof Register two
                && one.group().equals(two.group())) {
            return fitting(one.targets(), two.targets())
                    .map(all -> new Register(one.group(), one.pool(), all, one.open(), one.checkPort()));
        }
        if (first instanceof Deregister one
                && second instanceof Deregister two
                && one.group().equals(two.group())) {
            return fitting(one.targets(), two.targets()).map(all -> new Deregister(one.group(), all));
        }
        return Optional.empty();
    }

    private static Optional<List<Call.Target>> fitting(List<Call.Target> first, List<Call.Target> second) {
        return first.size() + second.size() > Limits.TARGETS_PER_CALL
                ? Optional.empty()
                : Optional.of(Stream.concat(first.stream(), second.stream()).toList());
    }
}
