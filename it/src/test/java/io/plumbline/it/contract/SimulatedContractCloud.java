package io.plumbline.it.contract;

import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.LockedCloud;
import io.plumbline.it.clouds.MadeOnVirtualTime;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.SimulationClock;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.CustomObject;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;

/// What all simulated clouds have in common.
abstract class SimulatedContractCloud<C extends LockedCloud<?>> implements ContractCloud {
    private static final int PER_SUBNET = 250;
    private static final int NODES = 20;
    private static final String EVERY_CALL = "*";

    final SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-03-01T08:00:00Z"));
    final C cloud;
    private final Set<String> sick = new ConcurrentSkipListSet<>();

    SimulatedContractCloud(MadeOnVirtualTime<C> making) {
        this.cloud = making.make(
                Network.everyAddress(),
                clock,
                Prober.answering(probe -> !sick.contains(probe.address() + ":" + probe.port())));
    }

    /// Its machines are there.
    final void putNodes() {
        for (int number = 1; number <= NODES; number++) {
            putNode(number);
        }
    }

    void putNode(int number) {
        cloud.network().putInstance(node(number).id(), "10.0.1." + number);
    }

    /// The call that makes something of that kind.
    abstract String action(Kind kind);

    /// The code of the answer in that trouble.
    abstract String code(Trouble trouble);

    /// What its dialect makes of the Service `web/shop` of port 80 with these annotations.
    final Interpretation interpret(Map<String, String> annotations, List<CustomObject> objects, String ipFamily) {
        Metadata metadata = new Metadata(
                ObjectKey.service("web", "shop"),
                "uid-of-shop",
                "1",
                1,
                Instant.EPOCH,
                false,
                new TreeMap<>(),
                new TreeMap<>(annotations),
                List.of());
        ServiceView service = new ServiceView(
                metadata,
                "LoadBalancer",
                Optional.empty(),
                new TreeMap<>(),
                List.of(new ServiceView.Port("http", Transport.TCP, 80, "8080", Optional.empty(), Optional.empty())),
                new ServiceView.Traffic("Cluster", true, Optional.empty(), List.of(), "None", false),
                List.of(ipFamily),
                List.of(),
                List.of());
        return provider(CallGate.OPEN).dialect().interpret(service, objects, true);
    }

    @Override
    public final InstantSource clock() {
        return clock;
    }

    @Override
    public final void pass(Duration duration) {
        clock.advance(duration);
        cloud.tick();
    }

    @Override
    public Options poolOptions() {
        return new Options.None();
    }

    @Override
    public Address address(int number) {
        return new Address.Ip("10.244." + number / PER_SUBNET + "." + (1 + number % PER_SUBNET));
    }

    @Override
    public Address.Instance node(int number) {
        return new Address.Instance("i-%08d".formatted(number));
    }

    @Override
    public final boolean refusesUnknownNodes() {
        return true;
    }

    @Override
    public List<Transport> tcpAndUdp() {
        return List.of(Transport.TCP, Transport.UDP);
    }

    @Override
    public final List<String> members(String loadBalancer, int port) {
        return listener(loadBalancer, port).targets().stream()
                .map(BalancerView.TargetView::name)
                .sorted()
                .toList();
    }

    final BalancerView.ListenerView listener(String loadBalancer, int port) {
        return views(loadBalancer).stream()
                .filter(listener -> listener.protocol().toUpperCase(Locale.ROOT).startsWith("TCP"))
                .filter(listener -> listener.port() == port)
                .findFirst()
                .orElseThrow();
    }

    private List<BalancerView.ListenerView> views(String loadBalancer) {
        return cloud.balancers().stream()
                .filter(balancer -> balancer.id().equals(loadBalancer))
                .findFirst()
                .map(BalancerView::listeners)
                .orElseThrow();
    }

    @Override
    public final int loadBalancers() {
        return cloud.balancers().size();
    }

    @Override
    public final int listeners(String loadBalancer) {
        return views(loadBalancer).size();
    }

    @Override
    public final void setHealth(Address address, int port, boolean healthy) {
        String endpoint = place(address) + ":" + port;
        if (healthy) {
            sick.remove(endpoint);
        } else {
            sick.add(endpoint);
        }
    }

    /// Where the cloud reaches it.
    String place(Address address) {
        return switch (address) {
            case Address.Ip(String ip) -> ip;
            case Address.Instance(String id) -> cloud.network().addressOf(id).orElseThrow();
        };
    }

    @Override
    public final void loseReplyOfCreating(Kind kind) {
        cloud.faults().add(Fault.nth(action(kind), 1, Fault.Kind.LOSE));
    }

    @Override
    public boolean failTaskOfCreating(Kind kind) {
        return false;
    }

    @Override
    public void refuseSomeMembers() {
        cloud.faults().add(Fault.nth(action(Kind.BACKEND), 1, Fault.Kind.PARTIAL));
    }

    @Override
    public final void trouble(Trouble trouble) {
        cloud.faults()
                .add(
                        trouble == Trouble.CONNECTION_BREAKS
                                ? new Fault(
                                        EVERY_CALL,
                                        OptionalInt.empty(),
                                        Fault.Kind.DROP,
                                        Optional.empty(),
                                        Duration.ZERO)
                                : Fault.always(EVERY_CALL, code(trouble)));
    }

    @Override
    public final void calm() {
        cloud.faults().clear();
    }

    @Override
    public final void close() {
        cloud.close();
    }
}
