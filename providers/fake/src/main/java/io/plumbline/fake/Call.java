package io.plumbline.fake;

import io.plumbline.fake.FakeState.BalancerSettings;
import io.plumbline.fake.FakeState.GroupSettings;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Transport;
import java.util.List;
import java.util.Optional;

/// A call that changes something. Settings that are unmanaged keep their value, or get the cloud's
/// default.
sealed interface Call {
    /// The load balancer that it concerns; empty where it makes one.
    String balancer();

    /// Its name, as faults and the change log write it.
    default String action() {
        return getClass().getSimpleName();
    }

    /// How urgent it is.
    default CallGate.Sort sort() {
        return switch (this) {
            case CreateBalancer create -> CallGate.Sort.CREATE;
            case ModifyBalancer modify -> CallGate.Sort.CREATE;
            case DeleteBalancer delete -> CallGate.Sort.CREATE;
            case CreateGroup create -> CallGate.Sort.CREATE;
            case ModifyGroup modify -> CallGate.Sort.CREATE;
            case DeleteGroup delete -> CallGate.Sort.CREATE;
            case CreateListener create -> CallGate.Sort.CREATE;
            case ModifyListener modify -> CallGate.Sort.CREATE;
            case DeleteListener delete -> CallGate.Sort.CREATE;
            case AddMembers add -> CallGate.Sort.REGISTER;
            case SetWeights(String balancer, List<MemberSpec> members) ->
                members.stream().anyMatch(member -> member.weight() == 0)
                        ? CallGate.Sort.DEREGISTER
                        : CallGate.Sort.REGISTER;
            case RemoveMembers remove -> CallGate.Sort.DEREGISTER;
        };
    }

    /// Makes one, or gives the one that was made with the same token.
    record CreateBalancer(String token, Mark mark, String name, BalancerSettings settings) implements Call {
        @Override
        public String balancer() {
            return "";
        }
    }

    record ModifyBalancer(String balancer, BalancerSettings settings) implements Call {}

    /// Removes it with everything in it.
    record DeleteBalancer(String balancer) implements Call {}

    record CreateGroup(String balancer, Mark mark, String name, GroupSettings settings) implements Call {}

    record ModifyGroup(String balancer, String group, GroupSettings settings) implements Call {}

    /// Refused while a listener leads to it.
    record DeleteGroup(String balancer, String group) implements Call {}

    record CreateListener(
            String balancer,
            Mark mark,
            Transport transport,
            int port,
            boolean running,
            FakeOptions.OfListener options,
            Target target)
            implements Call {}

    record ModifyListener(
            String balancer, String listener, boolean running, FakeOptions.OfListener options, Optional<Target> target)
            implements Call {}

    record DeleteListener(String balancer, String listener) implements Call {}

    /// Registers members, each by itself: some may fail.
    record AddMembers(String balancer, List<MemberSpec> members) implements Call {}

    record SetWeights(String balancer, List<MemberSpec> members) implements Call {}

    record RemoveMembers(String balancer, List<MemberSpec> members) implements Call {}

    /// Where a listener leads to.
    sealed interface Target {
        /// A group that exists, where pools live on their own, and perhaps another one that gets no traffic.
        record ToGroup(String group, Optional<String> standby) implements Target {}

        /// Its own pool, where pools are inline.
        record Own(String name, GroupSettings settings) implements Target {}
    }

    /// A member; weight and label count only where they are set.
    record MemberSpec(String group, Address address, int port, int weight, Optional<String> label) {
        String endpoint() {
            return address.text() + ":" + port;
        }
    }
}
