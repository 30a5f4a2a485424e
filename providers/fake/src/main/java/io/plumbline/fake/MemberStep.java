package io.plumbline.fake;

import io.plumbline.fake.Call.MemberSpec;
import io.plumbline.fake.FakeState.Balancer;
import io.plumbline.fake.FakeState.Group;
import io.plumbline.fake.FakeState.Member;
import io.plumbline.fake.Reply.Code;
import io.plumbline.fake.Reply.Refusal;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One call's members, taken one by one: each succeeds or fails by itself.
final class MemberStep {

    private final Step.Context context;
    private final TreeMap<Integer, Refusal> failures = new TreeMap<>();
    private Balancer balancer;

    MemberStep(Step.Context context, Balancer balancer) {
        this.context = context;
        this.balancer = balancer;
    }

    /// What is done with one member: empty where it succeeds.
    interface One {
        Optional<Refusal> take(MemberStep step, Group group, MemberSpec member);
    }

    MemberStep each(List<MemberSpec> members, One one) {
        for (int place = 0; place < members.size(); place++) {
            int at = place;
            MemberSpec member = members.get(place);
            Optional<Refusal> failure = context.everySecondFails() && place % 2 == 1
                    ? refusal(Code.INTERNAL_ERROR, "the cloud failed at " + member.endpoint())
                    : balancer.group(member.group())
                            .map(group -> one.take(this, group, member))
                            .orElseGet(() -> refusal(Code.NOT_FOUND, "no group " + member.group()));
            failure.ifPresent(refused -> failures.put(at, refused));
        }
        return this;
    }

    Step.Result in(FakeState state) {
        return new Step.Taken(state.with(balancer), "", failures);
    }

    Optional<Refusal> add(Group group, MemberSpec spec) {
        if (spec.weight() < 0 || spec.weight() > Limits.MAXIMUM_WEIGHT) {
            return refusal(Code.INVALID, "weight " + spec.weight());
        }
        boolean node = spec.address() instanceof Address.Instance;
        if (context.traits().quirks().poolsOfOneKind()
                && node != (group.settings().targets() == Pool.Targets.NODES)) {
            return refusal(
                    Code.INVALID,
                    spec.endpoint() + " is none of " + group.settings().targets());
        }
        Optional<Group> rival = context.traits().uniqueBackends() ? rival(group, spec) : Optional.empty();
        if (rival.isPresent()) {
            return refusal(
                    Code.ALREADY_EXISTS,
                    spec.endpoint() + " is already a member of " + rival.get().id());
        }
        Optional<Member> was = find(group, spec);
        Member member = was.map(there -> there.weighing(spec.weight()).leaving(Optional.empty()))
                .orElseGet(() -> new Member(
                        spec.address(),
                        spec.port(),
                        spec.weight(),
                        context.traits().labelsBackends() ? spec.label() : Optional.empty(),
                        Optional.empty(),
                        context.now(),
                        Optional.empty()));
        put(group, member);
        return Optional.empty();
    }

    Optional<Refusal> weigh(Group group, MemberSpec spec) {
        if (!context.traits().weights()) {
            return refusal(Code.INVALID, "members have no weights");
        }
        Optional<Member> was = find(group, spec);
        was.ifPresent(member -> put(group, member.weighing(spec.weight())));
        return was.isPresent() ? Optional.empty() : refusal(Code.NOT_FOUND, "no member " + spec.endpoint());
    }

    Optional<Refusal> remove(Group group, MemberSpec spec) {
        Optional<Member> was = find(group, spec);
        if (was.isEmpty()) {
            return refusal(Code.NOT_FOUND, "no member " + spec.endpoint());
        }
        Duration lingers = context.traits().pace().deregistration();
        if (lingers.isZero()) {
            drop(group, was.get());
        } else if (was.get().leavesAt().isEmpty()) {
            put(group, was.get().leaving(Optional.of(context.now().plus(lingers))));
        }
        return Optional.empty();
    }

    private Optional<Group> rival(Group group, MemberSpec spec) {
        return balancer.groups().stream()
                .filter(other -> !other.id().equals(group.id())
                        && other.settings()
                                .transport()
                                .overlaps(group.settings().transport())
                        && find(other, spec).isPresent())
                .findFirst();
    }

    private static Optional<Member> find(Group group, MemberSpec spec) {
        return group.members().stream()
                .filter(member -> member.endpoint().equals(spec.endpoint()))
                .findFirst();
    }

    private void put(Group group, Member member) {
        balancer = balancer.put(group.put(member));
    }

    private void drop(Group group, Member member) {
        balancer = balancer.put(group.withMembers(group.members().stream()
                .filter(other -> !other.endpoint().equals(member.endpoint()))
                .toList()));
    }

    private static Optional<Refusal> refusal(Code code, String message) {
        return Optional.of(new Refusal(code, message));
    }
}
