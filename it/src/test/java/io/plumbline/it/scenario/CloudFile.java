package io.plumbline.it.scenario;

import io.plumbline.fake.FakeOptions;
import io.plumbline.fake.FakeState;
import io.plumbline.fake.FakeState.Balancer;
import io.plumbline.fake.FakeState.BalancerSettings;
import io.plumbline.fake.FakeState.Group;
import io.plumbline.fake.FakeState.GroupSettings;
import io.plumbline.fake.FakeState.Listener;
import io.plumbline.fake.FakeState.Member;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.HealthCheck;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `actual.yaml`: one load balancer, as its cloud holds it. Without the file there is none.
///
/// An `owner` is `namespace/name/uid` of a Service; its mark is that of this cluster unless `cluster` says
/// another. What has no owner is a stranger's. Where pools are inline each listener has its own; where they
/// are not, one of the same owner, so that a scenario works with both; `pool-only` leaves the listener out. An
/// address `i-1` is a machine.
final class CloudFile {
    private final boolean inline;
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();

    private CloudFile(boolean inline) {
        this.inline = inline;
    }

    static FakeState read(Path file, boolean inline) throws IOException {
        Tree tree = Tree.read(file);
        Optional<String> id = tree.text("id");
        if (id.isEmpty()) {
            tree.end();
            return FakeState.empty();
        }
        return new FakeState(List.of(new CloudFile(inline).balancer(id.get(), tree)));
    }

    private Balancer balancer(String id, Tree tree) {
        Optional<Mark> mark = mark(tree);
        tree.trees("listeners").forEach(this::listener);
        Scheme scheme = Scheme.valueOf(tree.text("scheme", "internet").toUpperCase(Locale.ROOT));
        BalancerSettings settings = new BalancerSettings(
                        Setting.managed(scheme),
                        Setting.unmanaged(),
                        new FakeOptions.OfBalancer(
                                Setting.managed(tree.text("zone", "a")),
                                Setting.managed(tree.number("bandwidth-mbps", 10))))
                .or(BalancerSettings.defaults());
        Balancer balancer = new Balancer(
                id,
                mark,
                tree.text("name", mark.map(owner -> owner.object().text()).orElse("")),
                "",
                tree.text("other-controller"),
                "192.0.2.1",
                settings,
                tree.flag("protected", false),
                Actual.State.ACTIVE,
                Instant.EPOCH,
                listeners,
                groups);
        tree.end();
        return balancer;
    }

    private void listener(Tree tree) {
        Transport transport = Transport.valueOf(tree.text("protocol", "TCP"));
        int port = tree.number("port", 0);
        Optional<Mark> mark = mark(tree);
        String name = transport.text() + "/" + port + tree.text("pool-suffix", "");
        String listenerId = "listener-" + name;
        String groupId = inline ? listenerId : "group-" + name;
        Listener listener = new Listener(
                listenerId,
                mark,
                transport,
                port,
                tree.flag("running", true),
                new FakeOptions.OfListener(
                        Setting.managed(tree.duration("idle-timeout", "60s")), Setting.managed(false)),
                groupId);
        if (!tree.flag("pool-only", false)) {
            listeners.add(listener);
        }
        groups.add(new Group(
                groupId,
                mark,
                name,
                settings(transport, tree),
                tree.trees("members").stream().map(CloudFile::member).toList()));
        tree.end();
    }

    private static GroupSettings settings(Transport transport, Tree tree) {
        GroupSettings defaults = GroupSettings.defaults(transport);
        HealthCheck check = defaults.healthCheck();
        Setting<Duration> interval = Setting.managed(tree.duration("health-check-interval", "5s"));
        Setting<Boolean> enabled = Setting.managed(tree.flag("health-check", true));
        return new GroupSettings(
                transport,
                Pool.Targets.valueOf(tree.text("targets", "pods").toUpperCase(Locale.ROOT)),
                new HealthCheck(
                        enabled,
                        interval,
                        check.timeout(),
                        check.healthyThreshold(),
                        check.unhealthyThreshold(),
                        Setting.managed(tree.number("health-check-port", 0)),
                        check.probe()),
                defaults.stickiness(),
                defaults.scheduling());
    }

    private static Member member(Tree tree) {
        Health.Status health =
                Health.Status.valueOf(tree.text("health", "healthy").toUpperCase(Locale.ROOT));
        String text = tree.text("address", "");
        Address address = text.startsWith("i-") ? new Address.Instance(text) : new Address.Ip(text);
        Member member = Member.of(address, tree.number("port", 80), health).weighing(tree.number("weight", 10));
        Member labelled = tree.text("label")
                .map(uid -> member.labelled(Mark.shortHash(uid)))
                .orElse(member);
        tree.end();
        return labelled;
    }

    private static Optional<Mark> mark(Tree tree) {
        String cluster = tree.text("cluster", "cluster-1");
        return tree.text("owner").map(owner -> {
            String[] parts = owner.split("/", -1);
            return new Mark(cluster, ObjectKey.service(parts[0], parts[1]), parts[2]);
        });
    }
}
