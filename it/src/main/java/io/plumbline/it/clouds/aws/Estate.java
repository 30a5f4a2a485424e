package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.Agenda;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.DataPlane;
import io.plumbline.it.clouds.Limits;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.aws.Listener.Forward;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that exists in the account. The lock of [SimulatedAws] guards it.
final class Estate {
    final AwsAccount account;
    final Network network;
    final Agenda agenda;
    final DataPlane dataPlane;
    final Keys keys;
    final ChangeLog log = new ChangeLog();
    final Limits<Limit> limits = new Limits<>(Limit.class);
    final Map<String, Balancer> balancers = new LinkedHashMap<>();
    final Map<String, TargetGroup> targetGroups = new LinkedHashMap<>();
    final Map<String, SecurityGroup> securityGroups = new LinkedHashMap<>();
    final Map<String, Certificate> certificates = new LinkedHashMap<>();
    final Map<String, Map<String, String>> vpcTags = new LinkedHashMap<>();
    private final Map<String, Set<Listener>> users = new LinkedHashMap<>();
    private final Map<String, Long> counters = new LinkedHashMap<>();

    Estate(AwsAccount account, Network network, Agenda agenda, DataPlane dataPlane) {
        this.account = account;
        this.network = network;
        this.agenda = agenda;
        this.dataPlane = dataPlane;
        this.keys = new Keys(account);
    }

    long count(String what) {
        return counters.merge(what, 1L, Long::sum);
    }

    /// Sixteen hexadecimal digits that nothing else has.
    String newHash(String what) {
        return String.format("%016x", count(what));
    }

    /// An id as EC2 gives them, for example `sg-00000000000000001`.
    String newId(String prefix) {
        return String.format("%s-%017x", prefix, count(prefix));
    }

    Balancer balancer(String arn) {
        return Optional.ofNullable(balancers.get(arn))
                .orElseThrow(() -> new Refusal("LoadBalancerNotFound", "Load balancer '" + arn + "' not found"));
    }

    TargetGroup targetGroup(String arn) {
        return Optional.ofNullable(targetGroups.get(arn))
                .orElseThrow(() -> new Refusal("TargetGroupNotFound", "One or more target groups not found"));
    }

    Listener listener(String arn) {
        return listeners().stream()
                .filter(listener -> listener.arn.equals(arn))
                .findFirst()
                .orElseThrow(() -> new Refusal("ListenerNotFound", "One or more listeners not found"));
    }

    List<Listener> listeners() {
        return balancers.values().stream()
                .flatMap(balancer -> balancer.listeners.values().stream())
                .toList();
    }

    /// The listeners that send traffic to a group.
    List<Listener> listenersOf(TargetGroup group) {
        return List.copyOf(users.getOrDefault(group.arn, Set.of()));
    }

    /// A listener sends its traffic to these groups from now on.
    void forward(Listener listener, List<Forward> forwards) {
        forget(listener);
        listener.forwards = forwards;
        forwards.forEach(forward -> users.computeIfAbsent(forward.targetGroupArn(), any -> new LinkedHashSet<>())
                .add(listener));
    }

    /// A listener is gone: it uses no group any more.
    void forget(Listener listener) {
        listener.forwards.forEach(forward -> users.getOrDefault(forward.targetGroupArn(), new LinkedHashSet<>())
                .remove(listener));
    }

    void lifecycle(String what, String id, ChangeLog.Happened happened) {
        log.add(new ChangeLog.Lifecycle(agenda.now(), what, id, happened));
    }

    /// How long a session's keys are good that were asked for so long.
    Duration sessionLife(Duration asked) {
        Duration longest = limits.durationOf(Limit.SESSION_MILLIS);
        return asked.compareTo(longest) < 0 ? asked : longest;
    }
}
