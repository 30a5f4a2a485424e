package io.plumbline.aws;

import io.plumbline.aws.Failures.Meaning;
import io.plumbline.aws.Failures.Result;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.Outcome.Failure;
import io.plumbline.spi.model.Address;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/// The rules by which targets let the load balancers of the cluster in, on the security groups of nodes and Pods:
/// one for each port. All load balancers share them, so one at a time writes them. They go with [BackendGroup].
///
/// Which security group an address has is remembered for ten minutes, and so is a rule that is there.
final class TargetRules {
    private static final String CLUSTER_GROUP_TAG = "kubernetes.io/cluster/";

    private final Calls calls;
    private final Inquiries inquiries;
    private final InstantSource clock;
    private final SortedMap<String, Remembered> groupOf = new TreeMap<>();
    private final SortedMap<String, Instant> there = new TreeMap<>();
    private Prefixes prefixes = Prefixes.none();

    TargetRules(Calls calls, Inquiries inquiries, InstantSource clock) {
        this.calls = calls;
        this.inquiries = inquiries;
        this.clock = clock;
    }

    private record Remembered(Optional<String> group, Instant until) {}

    /// Makes the rules that these targets need.
    ///
    /// @param backend the security group that they are to let in
    /// @return why not, where that failed
    synchronized Optional<Failure> open(String backend, Call.Register register) {
        forgetTheOld();
        return switch (groups(register.targets())) {
            case Missed<List<SecurityRuleOf>>(Failure failure) -> Optional.of(failure);
            case Got<List<SecurityRuleOf>>(List<SecurityRuleOf> places) -> {
                List<SecurityRuleOf> wanted = places.stream()
                        .flatMap(place -> rules(place.rule().from(), register, backend)
                                .map(rule -> new SecurityRuleOf(place.group(), rule)))
                        .distinct()
                        .filter(rule -> !there.containsKey(rule.text()))
                        .toList();
                yield authorize(wanted);
            }
        };
    }

    /// A rule on a security group.
    private record SecurityRuleOf(String group, SecurityRule rule) {
        String text() {
            return group + " " + rule.text();
        }
    }

    /// For the traffic, and for the probes, which are of TCP also where the traffic is of UDP
    /// (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html).
    private static Stream<SecurityRule> rules(int port, Call.Register register, String backend) {
        Stream<SecurityRule> traffic = Normalize.protocols(LoweringParts.transport(register.pool())).stream()
                .map(protocol -> SecurityRule.port(protocol, port, backend));
        return Stream.concat(
                traffic, Stream.of(SecurityRule.port("tcp", register.checkPort().orElse(port), backend)));
    }

    private Optional<Failure> authorize(List<SecurityRuleOf> wanted) {
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        List<String> ids =
                wanted.stream().map(SecurityRuleOf::group).sorted().distinct().toList();
        return switch (inquiries.groupsById(ids).asAnswer()) {
            case Missed<List<SecurityGroup>>(Failure failure) -> Optional.of(failure);
            case Got<List<SecurityGroup>>(List<SecurityGroup> shown) -> missing(shown, wanted);
        };
    }

    private Optional<Failure> missing(List<SecurityGroup> shown, List<SecurityRuleOf> wanted) {
        for (SecurityGroup group : shown) {
            List<SecurityRule> present = SecurityRules.of(group);
            List<SecurityRule> missing = wanted.stream()
                    .filter(one -> one.group().equals(group.groupId()))
                    .map(SecurityRuleOf::rule)
                    .filter(rule -> present.stream().noneMatch(one -> SecurityRules.covers(one, rule)))
                    .toList();
            Optional<Failure> failed = missing.isEmpty()
                    ? Optional.empty()
                    : failure(calls.write(new Call.AuthorizeRules(group.groupId(), missing), made -> made));
            if (failed.isPresent()) {
                return failed;
            }
        }
        Instant until = clock.instant().plus(Limits.NETWORK_FACTS);
        wanted.forEach(one -> there.put(one.text(), until));
        return Optional.empty();
    }

    private static Optional<Failure> failure(Result<Calls.Written> result) {
        return switch (result) {
            case Result.Replied<Calls.Written> done -> Optional.empty();
            case Result.Refused<Calls.Written>(Meaning.Exists exists) -> Optional.empty();
            case Result.Refused<Calls.Written>(Meaning meaning) -> Optional.of(Failures.failure(meaning));
        };
    }

    /// For each target its security group and port. One whose place is not known needs no rule of ours: the cloud
    /// says itself if it cannot be a target.
    private Answer<List<SecurityRuleOf>> groups(List<Call.Target> targets) {
        List<String> unknown = targets.stream()
                .map(Call.Target::id)
                .filter(id -> !groupOf.containsKey(id))
                .sorted()
                .distinct()
                .toList();
        for (int from = 0; from < unknown.size(); from += Limits.FILTER_VALUES) {
            List<String> some = unknown.subList(from, Math.min(unknown.size(), from + Limits.FILTER_VALUES));
            Optional<Failure> failed = targets.getFirst().address() instanceof Address.Instance
                    ? learnInstances(some)
                    : learnAddresses(some);
            if (failed.isPresent()) {
                return new Missed<>(failed.get());
            }
        }
        List<SecurityRuleOf> places = new ArrayList<>();
        for (Call.Target target : targets) {
            Optional.ofNullable(groupOf.get(target.id()))
                    .flatMap(Remembered::group)
                    .ifPresent(group ->
                            places.add(new SecurityRuleOf(group, SecurityRule.port("tcp", target.port(), ""))));
        }
        return new Got<>(places.stream().distinct().toList());
    }

    private Optional<Failure> learnInstances(List<String> ids) {
        return switch (inquiries.instances(ids).asAnswer()) {
            case Missed<List<Instance>>(Failure failure) -> Optional.of(failure);
            case Got<List<Instance>>(List<Instance> shown) -> {
                SortedMap<String, List<String>> groups = new TreeMap<>();
                shown.forEach(one -> groups.put(one.instanceId(), Inquiries.ids(one.securityGroups())));
                yield remember(ids, groups);
            }
        };
    }

    private Optional<Failure> learnAddresses(List<String> addresses) {
        return switch (inquiries.interfacesOf(addresses).asAnswer()) {
            case Missed<List<NetworkInterface>>(Failure failure) -> Optional.of(failure);
            case Got<List<NetworkInterface>>(List<NetworkInterface> shown) -> {
                SortedMap<String, List<String>> groups = new TreeMap<>();
                shown.forEach(one -> addresses(one)
                        .forEach(address -> groups.put(Cidr.address(address), Inquiries.ids(one.groups()))));
                Optional<Failure> failed = byPrefix(addresses, groups);
                yield failed.isPresent() ? failed : remember(addresses, groups);
            }
        };
    }

    /// Those that no interface has by themselves. What is known of prefixes is read again where it does not do.
    private Optional<Failure> byPrefix(List<String> addresses, SortedMap<String, List<String>> groups) {
        if (clock.instant().isBefore(prefixes.until())) {
            addFrom(prefixes, addresses, groups);
        }
        if (groups.keySet().containsAll(addresses)) {
            return Optional.empty();
        }
        return switch (inquiries.interfacesInUse().asAnswer()) {
            case Missed<List<NetworkInterface>>(Failure failure) -> Optional.of(failure);
            case Got<List<NetworkInterface>>(List<NetworkInterface> shown) -> {
                prefixes = Prefixes.of(shown, clock.instant().plus(Limits.NETWORK_FACTS));
                addFrom(prefixes, addresses, groups);
                yield Optional.empty();
            }
        };
    }

    private static void addFrom(Prefixes known, List<String> addresses, SortedMap<String, List<String>> groups) {
        addresses.stream()
                .filter(address -> !groups.containsKey(address))
                .forEach(address -> known.of(address).ifPresent(its -> groups.put(address, its)));
    }

    private static Stream<String> addresses(NetworkInterface shown) {
        return Stream.concat(
                shown.privateIpAddresses().stream().map(address -> address.privateIpAddress()),
                shown.ipv6Addresses().stream().map(address -> address.ipv6Address()));
    }

    /// Of several security groups the one of the cluster takes the rules, as with the AWS Load Balancer Controller:
    /// the one that is tagged `kubernetes.io/cluster/<name>`; else the first.
    private Optional<Failure> remember(List<String> ids, SortedMap<String, List<String>> groups) {
        List<String> several = groups.values().stream()
                .filter(list -> list.size() > 1)
                .flatMap(List::stream)
                .sorted()
                .distinct()
                .toList();
        List<String> tagged = new ArrayList<>();
        if (!several.isEmpty()) {
            switch (inquiries.groupsById(several).asAnswer()) {
                case Missed<List<SecurityGroup>>(Failure failure) -> {
                    return Optional.of(failure);
                }
                case Got<List<SecurityGroup>>(List<SecurityGroup> shown) ->
                    shown.stream()
                            .filter(group -> group.tags().stream()
                                    .anyMatch(tag -> tag.key().startsWith(CLUSTER_GROUP_TAG)))
                            .forEach(group -> tagged.add(group.groupId()));
            }
        }
        Instant until = clock.instant().plus(Limits.NETWORK_FACTS);
        for (String id : ids) {
            List<String> its = groups.getOrDefault(id, List.of());
            Optional<String> group = its.stream()
                    .filter(tagged::contains)
                    .findFirst()
                    .or(() -> its.stream().findFirst());
            groupOf.put(id, new Remembered(group, until));
        }
        return Optional.empty();
    }

    private void forgetTheOld() {
        Instant now = clock.instant();
        groupOf.values().removeIf(one -> !now.isBefore(one.until()));
        there.values().removeIf(until -> !now.isBefore(until));
    }

    /// Whatever was believed of rules may be wrong.
    synchronized void forget() {
        groupOf.clear();
        there.clear();
        prefixes = Prefixes.none();
    }
}
