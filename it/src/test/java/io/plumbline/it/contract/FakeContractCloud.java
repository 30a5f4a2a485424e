package io.plumbline.it.contract;

import io.plumbline.fake.FakeCloud;
import io.plumbline.fake.FakeOptions;
import io.plumbline.fake.FakeProvider;
import io.plumbline.fake.FakeState;
import io.plumbline.fake.FakeState.Balancer;
import io.plumbline.fake.Faults;
import io.plumbline.fake.Faults.Effect;
import io.plumbline.fake.Faults.Fault;
import io.plumbline.fake.Traits;
import io.plumbline.it.contract.ContractCloud.Trouble;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The cloud in memory.
final class FakeContractCloud implements ContractCloud {
    private static final int PER_SUBNET = 250;

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private final FakeCloud cloud;

    FakeContractCloud(Traits traits) {
        cloud = new FakeCloud(traits, () -> now);
    }

    @Override
    public Provider provider(CallGate gate) {
        return new FakeProvider(cloud, gate);
    }

    @Override
    public InstantSource clock() {
        return () -> now;
    }

    @Override
    public void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public LoadBalancer loadBalancer(LoadBalancerKey key, Scheme scheme) {
        return new LoadBalancer(key, Setting.managed(scheme), Setting.unmanaged(), FakeOptions.OfBalancer.unmanaged());
    }

    @Override
    public List<Options> listenerOptions() {
        return List.of(
                FakeOptions.OfListener.unmanaged(),
                new FakeOptions.OfListener(Setting.managed(Duration.ofMinutes(15)), Setting.unmanaged()));
    }

    @Override
    public Options poolOptions() {
        return new Options.None();
    }

    @Override
    public Address address(int number) {
        return new Address.Ip("10.0." + number / PER_SUBNET + "." + (1 + number % PER_SUBNET));
    }

    @Override
    public Address.Instance node(int number) {
        return new Address.Instance("machine-" + number);
    }

    @Override
    public boolean refusesUnknownNodes() {
        return false;
    }

    @Override
    public List<Transport> tcpAndUdp() {
        return List.of(Transport.TCP, Transport.UDP);
    }

    @Override
    public LoadBalancerKey.Existing existing() {
        return byHand(Optional.empty());
    }

    @Override
    public Optional<LoadBalancerKey.Existing> existing(Obstacle obstacle) {
        return switch (obstacle) {
            case ANOTHER_CONTROLLER -> Optional.of(byHand(Optional.of("another-controller")));
            case ANOTHER_NETWORK -> Optional.empty();
        };
    }

    private LoadBalancerKey.Existing byHand(Optional<String> controller) {
        String id = "lb-by-hand-" + loadBalancers();
        Balancer plain = Balancer.of(id, Optional.empty(), "by hand", List.of(), List.of());
        cloud.edit("a load balancer by hand", state -> state.with(markedBy(plain, controller)));
        return new LoadBalancerKey.Existing("fake", "memory", id);
    }

    private static Balancer markedBy(Balancer plain, Optional<String> controller) {
        return new Balancer(
                plain.id(),
                plain.mark(),
                plain.name(),
                plain.token(),
                controller,
                plain.ip(),
                plain.settings(),
                plain.protectedFromDeletion(),
                plain.state(),
                plain.activeAt(),
                plain.listeners(),
                plain.groups());
    }

    @Override
    public void strangersListener(String loadBalancer, int port) {
        String id = "lsn-by-hand-" + port;
        FakeState.Member member = FakeState.Member.of(address(200), 9000, Health.Status.HEALTHY);
        cloud.edit(
                "a listener by hand",
                state -> state.with(state.balancer(loadBalancer)
                        .orElseThrow()
                        .put(FakeState.Listener.of(id, Optional.empty(), Transport.TCP, port, id))
                        .put(FakeState.Group.of(id, Optional.empty(), "", Transport.TCP, List.of(member)))));
    }

    @Override
    public List<String> members(String loadBalancer, int port) {
        Balancer balancer = cloud.state().balancer(loadBalancer).orElseThrow();
        return balancer.listeners().stream()
                .filter(listener -> listener.transport() == Transport.TCP && listener.port() == port)
                .flatMap(listener -> balancer.group(listener.group()).stream())
                .flatMap(group -> group.members().stream())
                .map(FakeState.Member::endpoint)
                .sorted()
                .toList();
    }

    @Override
    public void protect(String loadBalancer) {
        cloud.edit(
                "protected by hand",
                state -> state.with(protectedOne(state.balancer(loadBalancer).orElseThrow())));
    }

    private static Balancer protectedOne(Balancer plain) {
        return new Balancer(
                plain.id(),
                plain.mark(),
                plain.name(),
                plain.token(),
                plain.otherController(),
                plain.ip(),
                plain.settings(),
                true,
                plain.state(),
                plain.activeAt(),
                plain.listeners(),
                plain.groups());
    }

    @Override
    public int loadBalancers() {
        return cloud.state().balancers().size();
    }

    @Override
    public int listeners(String loadBalancer) {
        return cloud.state().balancer(loadBalancer).orElseThrow().listeners().size();
    }

    @Override
    public void setHealth(Address address, int port, boolean healthy) {
        cloud.setHealth(address.text() + ":" + port, healthy ? Health.Status.HEALTHY : Health.Status.UNHEALTHY);
    }

    @Override
    public void loseReplyOfCreating(Kind kind) {
        cloud.faults().add(Fault.first(action(kind), Effect.LOSE_REPLY));
    }

    @Override
    public boolean failTaskOfCreating(Kind kind) {
        cloud.faults().add(Fault.first(action(kind), Effect.FAIL_TASK));
        return !cloud.traits().pace().task().isZero();
    }

    @Override
    public void refuseSomeMembers() {
        cloud.faults().add(Fault.first("AddMembers", Effect.PARTIAL));
    }

    @Override
    public void trouble(Trouble trouble) {
        switch (trouble) {
            case EXPIRED_CREDENTIALS -> cloud.faults().badCredentials(true);
            case ACTION_DENIED -> always(Effect.FORBID);
            case TOO_MANY_CALLS -> always(Effect.THROTTLE);
            case CLOUD_FAILS -> always(Effect.ERROR);
            case CONNECTION_BREAKS -> always(Effect.BREAK);
        }
    }

    private void always(Effect effect) {
        cloud.faults().add(new Fault(Faults.ANY, 1, Integer.MAX_VALUE - 1, effect));
    }

    @Override
    public void calm() {
        cloud.faults().clear();
    }

    @Override
    public void close() {}

    private static String action(Kind kind) {
        return switch (kind) {
            case LOAD_BALANCER -> "CreateBalancer";
            case LISTENER -> "CreateListener";
            case POOL -> "CreateGroup";
            case BACKEND -> "AddMembers";
            case RULE, ACCESS_LIST, CERTIFICATE -> throw new IllegalArgumentException("this cloud has no " + kind);
        };
    }
}
