package io.plumbline.controller.plan;

import io.plumbline.controller.plan.Evidence.FreshHealth;
import io.plumbline.controller.plan.Evidence.FreshRead;
import io.plumbline.controller.plan.Evidence.Question;
import io.plumbline.controller.plan.Finding.Asks;
import io.plumbline.controller.plan.Finding.Gone;
import io.plumbline.controller.plan.Finding.Held;
import io.plumbline.controller.plan.Finding.Partly;
import io.plumbline.controller.plan.Finding.Supported;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Health.Status;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Whether fresh facts exclude a member.
///
/// | its reason | evidence |
/// |---|---|
/// | terminating | none needed: a deletionTimestamp is never taken back |
/// | the address belongs to another Pod | that Pod, read afresh, has it |
/// | any other | its Pod is gone, terminating, terminal or elsewhere; or the Service does not select it any more,
/// or wants its address of the other family |
/// | any other, of a node | [NodeEvidence] |
/// | not ready | the same, or, for a few in a pool, that its containers are not ready |
/// | nobody remembers whose it is | the Service wants nodes in place of Pods, or Pods in place of nodes; or the
/// cloud says that it is unhealthy and another one healthy |
final class MemberEvidence {
    private final BackendKey member;
    private final String code;
    private final Facts facts;

    private MemberEvidence(BackendKey member, String code, Facts facts) {
        this.member = member;
        this.code = code;
        this.facts = facts;
    }

    /// @param reason why the member is to be drained or removed
    static Finding of(BackendKey member, Reason reason, Facts facts) {
        MemberEvidence evidence = new MemberEvidence(member, reason.code(), facts);
        return switch (reason.code()) {
            case Reason.TERMINATING -> new Supported();
            case Reason.REGISTERED_FOR_ANOTHER -> evidence.ofSuccessor();
            default -> evidence.ofSubject();
        };
    }

    private Finding ofSubject() {
        return subject()
                .map(object -> asked(object, read -> ofRead(object, read)))
                .orElseGet(() -> asked(member.pool().object(), this::ofKind));
    }

    private Finding ofRead(ObjectKey object, FreshRead read) {
        return switch (read) {
            case FreshRead.NotFound notFound -> new Gone(gone(object, "is gone"));
            case FreshRead.Unreadable(String why) -> Held.because(object.text() + " could not be read: " + why);
            case FreshRead.FreshPod(PodView pod) -> ofPod(pod);
            case FreshRead.FreshNode(NodeView node) -> NodeEvidence.of(member, node, facts);
            case FreshRead.FreshService service -> Held.because("no evidence against it");
        };
    }

    private Finding ofPod(PodView pod) {
        if (registrant().filter(uid -> !uid.equals(pod.uid())).isPresent()) {
            return new Gone(gone(pod.key(), "is gone; another Pod has its name"));
        }
        if (pod.metadata().deleting() && !pod.terminal() && drains()) {
            return Held.because("it drains until its Pod is gone");
        }
        if (pod.terminal() || pod.metadata().deleting()) {
            return new Gone(gone(pod.key(), pod.terminal() ? "has ended" : "is terminating"));
        }
        if (!hasAddress(pod)) {
            return new Gone(gone(pod.key(), "has another address"));
        }
        if (code.equals(Reason.NOT_READY)) {
            return pod.containersReady() ? Held.because("its containers are ready, read afresh") : new Partly();
        }
        return ofService(pod);
    }

    private Finding ofService(PodView pod) {
        return asked(member.pool().object(), read -> {
            if (!(read instanceof FreshRead.FreshService(ServiceView fresh))) {
                return stillThere(pod);
            }
            if (!Wants.member(fresh, member, pod) || Wants.otherFamily(fresh, member.address(), pod, facts.dialect())) {
                return new Supported();
            }
            return Wants.targets(fresh, Targets.PODS, facts.dialect()) ? stillThere(pod) : ofVirtualNode(pod);
        });
    }

    /// Where nodes are the members, a Pod is one only on a virtual node.
    private Finding ofVirtualNode(PodView pod) {
        return pod.nodeName()
                .map(name -> asked(ObjectKey.node(name), read -> switch (read) {
                    case FreshRead.FreshNode(NodeView node) when facts.dialect().virtual(node) -> stillThere(pod);
                    case FreshRead.Unreadable(String why) -> Held.because(name + " could not be read: " + why);
                    case FreshRead.FreshNode _, FreshRead.NotFound _ -> new Supported();
                    case FreshRead.FreshPod _, FreshRead.FreshService _ -> stillThere(pod);
                }))
                .orElseGet(Supported::new);
    }

    private static Finding stillThere(PodView pod) {
        return pod.containersReady()
                ? Held.because("no fresh fact excludes it: its Pod is selected and ready")
                : new Partly();
    }

    /// The old registration goes when the new owner of the address, read afresh, really has it.
    private Finding ofSuccessor() {
        Optional<Candidate> successor = candidates().stream()
                .filter(candidate -> candidate.intent() == Intent.REGISTER)
                .findFirst();
        return successor
                .flatMap(Candidate::object)
                .map(pod -> asked(
                        pod,
                        read -> confirms(read, successor.get())
                                ? new Supported()
                                : Held.because(pod.text() + " could not be confirmed as owner of its address")))
                .orElse(Held.because("no evidence against it"));
    }

    private boolean confirms(FreshRead read, Candidate successor) {
        return read instanceof FreshRead.FreshPod(PodView pod)
                && successor.backend().registrant().equals(Optional.of(pod.uid()))
                && hasAddress(pod)
                && !pod.terminal()
                && !pod.metadata().deleting();
    }

    /// Nobody remembers whose it is; but a Service that wants nodes wants no addresses, and the other way round.
    private Finding ofKind(FreshRead read) {
        boolean otherKind = read instanceof FreshRead.FreshService(ServiceView fresh)
                && switch (member.address()) {
                    case Address.Ip ip -> Wants.targets(fresh, Targets.NODES, facts.dialect()) && !amongAddresses();
                    case Address.Instance machine ->
                        Wants.targets(fresh, Targets.PODS, facts.dialect()) && Wants.nodePort(fresh, member);
                };
        return otherKind ? new Supported() : ofHealth();
    }

    /// Pods of virtual nodes are members beside nodes.
    private boolean amongAddresses() {
        return facts.desired().pools().stream()
                .filter(pool -> pool.pool().key().equals(member.pool()))
                .flatMap(pool -> pool.candidates().stream())
                .anyMatch(candidate -> candidate.backend().key().address() instanceof Address.Ip);
    }

    private Finding ofHealth() {
        return facts.evidence()
                .of(member.pool())
                .map(this::ofHealth)
                .orElse(new Asks(List.of(new Question.OfHealth(member.pool()))));
    }

    private Finding ofHealth(FreshHealth fresh) {
        return switch (fresh) {
            case FreshHealth.Told(Health health)
            when health.of(member).equals(Optional.of(Status.UNHEALTHY)) && anotherIsHealthy(health) -> new Supported();
            case FreshHealth.Told told ->
                Held.because("nobody remembers whose it is, and health does not tell that it is dead");
            case FreshHealth.Unreadable(String why) ->
                Held.because("nobody remembers whose it is, and its health could not be read: " + why);
        };
    }

    private boolean anotherIsHealthy(Health health) {
        return health.byBackend().entrySet().stream()
                .anyMatch(entry -> entry.getKey().pool().equals(member.pool())
                        && !entry.getKey().equals(member)
                        && entry.getValue() == Status.HEALTHY);
    }

    /// The Pod or node that the registration belongs to.
    private Optional<ObjectKey> subject() {
        Optional<History.Registration> remembered =
                Optional.ofNullable(facts.history().registrations().get(member));
        return remembered
                .flatMap(History.Registration::object)
                .or(() -> candidates().stream()
                        .filter(candidate -> candidate.intent() == Intent.REMOVE || candidate.intent() == Intent.DRAIN)
                        .flatMap(candidate -> candidate.object().stream())
                        .findFirst());
    }

    private Optional<String> registrant() {
        return facts.history()
                .registrant(member)
                .or(() -> candidates().stream()
                        .filter(candidate -> candidate.intent() == Intent.REMOVE)
                        .flatMap(candidate -> candidate.backend().registrant().stream())
                        .findFirst());
    }

    private List<Candidate> candidates() {
        return facts.desired().pools().stream()
                .flatMap(pool -> pool.candidates().stream())
                .filter(candidate -> candidate.backend().key().equals(member))
                .toList();
    }

    /// It gets no new connections, and keeps those that it has.
    private boolean drains() {
        return facts.actual().pool(member.pool()).stream()
                .flatMap(pool -> pool.members().stream())
                .anyMatch(one -> one.key().equals(member) && one.draining());
    }

    private boolean hasAddress(PodView pod) {
        return switch (member.address()) {
            case Address.Ip(String ip) -> pod.ips().contains(ip);
            case Address.Instance instance -> true;
        };
    }

    private Finding asked(ObjectKey object, Function<FreshRead, Finding> finding) {
        return facts.evidence().of(object).map(finding).orElse(new Asks(List.of(new Question.OfObject(object))));
    }

    private static Reason gone(ObjectKey object, String how) {
        return new Reason(Reason.GONE, object.text() + " " + how);
    }
}
