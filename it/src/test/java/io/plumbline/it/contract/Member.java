package io.plumbline.it.contract;

import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool.Targets;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ObjectKey;
import java.util.Optional;
import java.util.stream.IntStream;

/// A possible member of a port, by its number: a Pod, or a machine where the port's targets are nodes.
record Member(int number, Intent intent, Setting<Integer> weight, boolean gateWaits) {
    static Member of(int number) {
        return new Member(number, Intent.REGISTER, Setting.unmanaged(), false);
    }

    /// `first` to `last`.
    static Member[] range(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Member::of).toArray(Member[]::new);
    }

    Member draining() {
        return new Member(number, Intent.DRAIN, weight, gateWaits);
    }

    Member gone() {
        return new Member(number, Intent.REMOVE, weight, gateWaits);
    }

    Member weighing(int weight) {
        return new Member(number, intent, Setting.managed(weight), gateWaits);
    }

    /// With a readiness gate that is not True yet.
    Member waiting() {
        return new Member(number, intent, weight, true);
    }

    Candidate candidate(Port port, Mark mark, ContractCloud cloud) {
        Reason reason = switch (intent) {
            case REGISTER, KEEP -> new Reason(Reason.DESIRED, "ready");
            case DRAIN -> new Reason(Reason.TERMINATING, "terminating");
            case REMOVE -> new Reason(Reason.GONE, "gone");
        };
        return new Candidate(
                backend(port, mark, cloud),
                Optional.of(object(port)),
                intent,
                reason,
                gateWaits,
                Desired.Place.UNKNOWN);
    }

    Backend backend(Port port, Mark mark, ContractCloud cloud) {
        BackendKey key = new BackendKey(port.poolKey(mark), address(port, cloud), port.targetPort());
        return new Backend(
                key, weight, port.targets() == Targets.NODES ? Optional.empty() : Optional.of("uid-of-pod-" + number));
    }

    private Address address(Port port, ContractCloud cloud) {
        return port.targets() == Targets.NODES ? cloud.node(number) : cloud.address(number);
    }

    private ObjectKey object(Port port) {
        return port.targets() == Targets.NODES
                ? ObjectKey.node("node-" + number)
                : ObjectKey.pod("web", "pod-" + number);
    }
}
