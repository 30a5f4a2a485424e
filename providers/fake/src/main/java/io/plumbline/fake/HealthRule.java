package io.plumbline.fake;

import io.plumbline.fake.FakeState.Balancer;
import io.plumbline.fake.FakeState.Group;
import io.plumbline.fake.FakeState.Member;
import io.plumbline.fake.Reply.GroupHealth;
import io.plumbline.fake.Reply.MemberHealth;
import io.plumbline.spi.model.Health;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Member -> how it is. Pure.
final class HealthRule {
    private HealthRule() {}

    /// @param said what a test says of an endpoint; it goes before everything else
    static List<GroupHealth> of(Balancer balancer, SortedMap<String, Health.Status> said, Traits traits, Instant now) {
        return balancer.groups().stream()
                .filter(group -> !traits.quirks().healthOfAttachedOnly()
                        || balancer.listeners().stream().anyMatch(listener -> listener.attaches(group.id())))
                .map(group -> new GroupHealth(
                        group.id(),
                        group.members().stream()
                                .map(member -> new MemberHealth(member, status(group, member, said, traits, now)))
                                .toList()))
                .toList();
    }

    private static Health.Status status(
            Group group, Member member, SortedMap<String, Health.Status> said, Traits traits, Instant now) {
        boolean checked = group.settings().healthCheck().enabled().asOptional().orElse(true);
        if (!checked) {
            return Health.Status.UNCHECKED;
        }
        boolean probing = now.isBefore(member.registeredAt().plus(traits.pace().probing()));
        return Optional.ofNullable(said.get(member.endpoint()))
                .or(member::health)
                .orElse(probing ? Health.Status.PROBING : Health.Status.HEALTHY);
    }
}
