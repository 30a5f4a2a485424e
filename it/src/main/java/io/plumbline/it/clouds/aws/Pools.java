package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.ChangeLog.Happened;
import io.plumbline.it.clouds.aws.Listener.Forward;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// What the data plane follows: listeners and target groups as they were some time ago, and the verdicts of the
/// health checks made since.
///
/// ```
/// registered --registration delay--> checked at once, and then every interval; healthy after one pass
/// deregistered --propagation--> serves no longer by right --about two minutes--> gets no new connection
///              --deregistration delay--> gone; its flows are cut where the group says so
/// ```
/// A target is in service once it has passed one check
/// (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-troubleshooting.html). An ip
/// target gets new connections for about two minutes after it was deregistered
/// (https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366).
final class Pools {
    private final Estate estate;
    private final Checks checks;
    private final Traffic traffic;
    private final Map<String, Live> lives = new LinkedHashMap<>();
    private final Map<String, Map<Long, Target>> noted = new LinkedHashMap<>();

    Pools(Estate estate, Checks checks, Traffic traffic) {
        this.estate = estate;
        this.checks = checks;
        this.traffic = traffic;
    }

    /// The groups that a listener sends traffic to.
    List<TargetGroup> groupsOf(Listener listener) {
        return listener.forwards.stream()
                .map(forward -> estate.targetGroups.get(forward.targetGroupArn()))
                .filter(Objects::nonNull)
                .toList();
    }

    /// A listener came or changed.
    void follow(Listener listener) {
        noteMembers(listener);
        Traffic.Followed snapshot = new Traffic.Followed(
                listener, listener.balancer.vip, listener.protocol, listener.port, List.copyOf(listener.forwards));
        estate.agenda.after(propagation(), () -> {
            if (listener.balancer.active && listener.balancer.listeners.containsKey(listener.arn)) {
                traffic.open(snapshot, lives);
            }
        });
        groupsOf(listener).forEach(this::arriveLater);
    }

    /// A listener is gone.
    void removed(Listener listener) {
        estate.lifecycle("listener", listener.pool(), Happened.REMOVED);
        List<TargetGroup> groups = groupsOf(listener);
        log(listener, noted.getOrDefault(listener.arn, Map.of()), Map.of());
        noted.remove(listener.arn);
        estate.agenda.after(propagation(), () -> {
            traffic.close(listener);
            groups.forEach(this::dropUnused);
        });
    }

    /// A group's health check, attributes or use changed.
    void changed(TargetGroup group) {
        HealthCheck check = group.healthCheck;
        estate.agenda.after(propagation(), () -> {
            dropUnused(group);
            Live live = lives.get(group.arn);
            if (live != null && !live.check.equals(check)) {
                live.check = check;
                checks.restart(live, () -> publish(group));
            }
            publish(group);
        });
    }

    /// Targets were registered.
    void registered(TargetGroup group) {
        group.draining.values().removeIf(target -> group.targets.containsKey(target.key()));
        estate.listenersOf(group).forEach(this::noteMembers);
        arriveLater(group);
    }

    private void arriveLater(TargetGroup group) {
        List<Target> targets = List.copyOf(group.targets.values());
        estate.agenda.after(estate.limits.durationOf(Limit.REGISTRATION_MILLIS), () -> arrive(group, targets));
    }

    private void arrive(TargetGroup group, List<Target> targets) {
        if (!isServed(group)) {
            return;
        }
        Live live = lives.computeIfAbsent(group.arn, arn -> new Live(group));
        for (Target target : targets) {
            boolean stays = target.equals(group.targets.get(target.key()));
            if (stays && !live.members.containsKey(target.registration())) {
                live.members.values().removeIf(member -> member.target.key().equals(target.key()));
                Live.Member member = new Live.Member(target);
                live.members.put(target.registration(), member);
                checks.start(live, member, () -> publish(group));
            }
        }
        publish(group);
    }

    /// A target is deregistered.
    void leave(TargetGroup group, Target target) {
        group.targets.remove(target.key());
        estate.listenersOf(group).forEach(this::noteMembers);
        if (!inUse(group)) {
            estate.agenda.after(propagation(), () -> drop(group, target));
            return;
        }
        Duration delay = Duration.ofSeconds(Long.parseLong(group.attribute("deregistration_delay.timeout_seconds")));
        Duration still =
                group.ofAddresses() ? estate.limits.durationOf(Limit.DEREGISTERED_STILL_SERVES_MILLIS) : propagation();
        group.draining.put(target.registration(), target);
        estate.agenda.after(delay, () -> group.draining.remove(target.registration()));
        estate.agenda.after(propagation(), () -> mark(group, target, member -> member.leaving = true));
        estate.agenda.after(
                still,
                () -> mark(group, target, member -> {
                    member.leaving = true;
                    member.silent = true;
                }));
        estate.agenda.after(delay.compareTo(still) > 0 ? delay : still, () -> drop(group, target));
    }

    private void mark(TargetGroup group, Target target, Consumer<Live.Member> change) {
        Live live = lives.get(group.arn);
        if (live != null && live.members.containsKey(target.registration())) {
            change.accept(Objects.requireNonNull(live.members.get(target.registration())));
            publish(group);
        }
    }

    private void drop(TargetGroup group, Target target) {
        Live live = lives.get(group.arn);
        if (live != null && live.members.remove(target.registration()) != null) {
            publish(group);
        }
    }

    private void dropUnused(TargetGroup group) {
        if (!inUse(group)) {
            lives.remove(group.arn);
        }
    }

    private boolean inUse(TargetGroup group) {
        return !estate.listenersOf(group).isEmpty();
    }

    private boolean isServed(TargetGroup group) {
        return estate.listenersOf(group).stream().anyMatch(listener -> listener.balancer.active);
    }

    private void publish(TargetGroup group) {
        traffic.publish(group, lives);
    }

    private Duration propagation() {
        return estate.limits.durationOf(Limit.PROPAGATION_MILLIS);
    }

    /// The health of a registration as the API tells it.
    Health health(TargetGroup group, Target target) {
        if (group.draining.containsKey(target.registration())) {
            return Health.DRAINING;
        }
        if (!inUse(group)) {
            return Health.UNUSED;
        }
        return Optional.ofNullable(lives.get(group.arn))
                .flatMap(live -> Optional.ofNullable(live.members.get(target.registration())))
                .map(member -> member.health)
                .orElse(Health.REGISTERING);
    }

    /// Logs who came to and left a listener's pool in the control plane.
    private void noteMembers(Listener listener) {
        Map<Long, Target> after = new LinkedHashMap<>();
        groupsOf(listener)
                .forEach(group -> group.targets.values().forEach(each -> after.put(each.registration(), each)));
        log(listener, noted.getOrDefault(listener.arn, Map.of()), after);
        noted.put(listener.arn, after);
    }

    private void log(Listener listener, Map<Long, Target> before, Map<Long, Target> after) {
        before.forEach((registration, target) -> {
            if (!after.containsKey(registration)) {
                log(listener, target, Happened.REMOVED);
            }
        });
        after.forEach((registration, target) -> {
            if (!before.containsKey(registration)) {
                log(listener, target, Happened.ADDED);
            }
        });
    }

    private void log(Listener listener, Target target, Happened happened) {
        int weight = listener.forwards.stream().mapToInt(Forward::weight).max().orElse(1);
        estate.log.add(new ChangeLog.Membership(
                estate.agenda.now(), listener.pool(), target.name(), happened, Math.min(1, weight)));
    }
}
