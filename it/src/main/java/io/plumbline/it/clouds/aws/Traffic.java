package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.Pool;
import io.plumbline.it.clouds.Transport;
import io.plumbline.it.clouds.aws.Listener.Forward;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Tells the data plane what each listener's sockets forward to. A TLS listener has none: its traffic is not
/// simulated.
final class Traffic {
    private static final Duration STAY = Duration.ofHours(1);
    private static final int FULL_SHARE = 1000;

    private final Estate estate;
    private final Map<String, Followed> open = new LinkedHashMap<>();
    private final Map<String, Served> served = new LinkedHashMap<>();

    Traffic(Estate estate) {
        this.estate = estate;
    }

    /// A listener as it was when it was last changed.
    record Followed(Listener listener, String vip, String protocol, int port, List<Forward> forwards) {
        boolean samePlace(Followed other) {
            return port == other.port && protocol.equals(other.protocol);
        }

        List<Transport> transports() {
            return switch (protocol) {
                case "TCP" -> List.of(Transport.TCP);
                case "UDP" -> List.of(Transport.UDP);
                case "TCP_UDP" -> List.of(Transport.TCP, Transport.UDP);
                default -> List.of();
            };
        }
    }

    private record Served(int members, List<String> healthy) {}

    private record Given(Pool.Member member, boolean byRight) {}

    /// Opens a listener, or makes an open one follow its new settings.
    void open(Followed listener, Map<String, Live> lives) {
        Followed before = open.put(listener.listener().arn, listener);
        if (before != null && !before.samePlace(listener)) {
            closeSockets(before);
        }
        publish(listener, lives);
    }

    void close(Listener listener) {
        Followed before = open.remove(listener.arn);
        if (before != null) {
            closeSockets(before);
            served.remove(listener.arn);
            estate.log.add(new ChangeLog.Serving(estate.agenda.now(), listener.pool(), 0, List.of()));
        }
    }

    private void closeSockets(Followed listener) {
        listener.transports().forEach(transport -> estate.dataPlane.remove(id(listener.listener(), transport)));
    }

    /// Where a listener really listens.
    Optional<String> place(Listener listener) {
        return Optional.ofNullable(open.get(listener.arn))
                .flatMap(followed -> followed.transports().stream()
                        .flatMap(transport -> estate.dataPlane.place(id(listener, transport)).stream())
                        .findFirst());
    }

    private static String id(Listener listener, Transport transport) {
        return switch (transport) {
            case TCP -> listener.pool();
            case UDP -> listener.pool() + "/udp";
        };
    }

    /// A group's targets changed, or their health.
    void publish(TargetGroup group, Map<String, Live> lives) {
        for (Followed listener : List.copyOf(open.values())) {
            if (listener.forwards().stream()
                    .anyMatch(forward -> forward.targetGroupArn().equals(group.arn))) {
                publish(listener, lives);
            }
        }
    }

    private void publish(Followed listener, Map<String, Live> lives) {
        List<Given> given = new ArrayList<>();
        for (Forward forward : listener.forwards()) {
            Optional.ofNullable(lives.get(forward.targetGroupArn())).ifPresent(live -> add(live, forward, given));
        }
        List<Pool.Member> members = given.stream().map(Given::member).toList();
        for (Transport transport : listener.transports()) {
            estate.dataPlane.apply(pool(listener, transport, members));
        }
        log(listener.listener(), given);
    }

    /// A group's share of the traffic is spread over its members.
    private static void add(Live live, Forward forward, List<Given> given) {
        int share = forward.weight() * FULL_SHARE / Math.max(1, live.members.size());
        for (Live.Member member : live.members.values()) {
            int weight = member.silent || forward.weight() == 0 ? 0 : Math.max(1, share);
            boolean healthy = member.health == Health.HEALTHY;
            Pool.Member as = new Pool.Member(member.target.address(), member.target.port(), weight, healthy);
            given.add(new Given(as, as.serves() && !member.leaving));
        }
    }

    private Pool pool(Followed listener, Transport transport, List<Pool.Member> members) {
        Optional<TargetGroup> group = listener.forwards().stream()
                .flatMap(forward -> Optional.ofNullable(estate.targetGroups.get(forward.targetGroupArn())).stream())
                .findFirst();
        boolean stays = is(group, "stickiness.enabled");
        boolean cuts = is(group, "deregistration_delay.connection_termination.enabled");
        boolean header = is(group, "proxy_protocol_v2.enabled");
        return new Pool(
                id(listener.listener(), transport),
                transport,
                listener.vip(),
                listener.port(),
                Pool.Choice.WEIGHTED_ROUND_ROBIN,
                stays ? STAY : Duration.ZERO,
                cuts ? Pool.AtRemoval.RESET_FLOWS : Pool.AtRemoval.KEEP_FLOWS,
                header ? Pool.Preamble.PROXY_PROTOCOL_V2 : Pool.Preamble.NONE,
                members);
    }

    private static boolean is(Optional<TargetGroup> group, String attribute) {
        return group.map(each -> each.attribute(attribute).equals("true")).orElse(false);
    }

    private void log(Listener listener, List<Given> given) {
        List<String> healthy = given.stream()
                .filter(Given::byRight)
                .map(each -> each.member().name())
                .sorted()
                .distinct()
                .collect(Collectors.toList());
        Served now = new Served(given.size(), List.copyOf(healthy));
        if (!now.equals(served.put(listener.arn, now))) {
            estate.log.add(new ChangeLog.Serving(estate.agenda.now(), listener.pool(), now.members(), now.healthy()));
        }
    }
}
