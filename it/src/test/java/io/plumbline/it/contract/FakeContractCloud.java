package io.plumbline.it.contract;

import io.plumbline.fake.FakeCloud;
import io.plumbline.fake.FakeOptions;
import io.plumbline.fake.FakeProvider;
import io.plumbline.fake.FakeState;
import io.plumbline.fake.Faults;
import io.plumbline.fake.Faults.Effect;
import io.plumbline.fake.Faults.Fault;
import io.plumbline.fake.Traits;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.LoadBalancer;
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
    public LoadBalancer loadBalancer(LoadBalancerKey key) {
        return new LoadBalancer(key, Setting.unmanaged(), Setting.unmanaged(), FakeOptions.OfBalancer.unmanaged());
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
    public LoadBalancerKey existing() {
        cloud.edit(
                "a load balancer by hand",
                state -> state.with(
                        FakeState.Balancer.of("lb-by-hand", Optional.empty(), "by hand", List.of(), List.of())));
        return new LoadBalancerKey.Existing("fake", "memory", "lb-by-hand");
    }

    @Override
    public void strangersListener(String loadBalancer, int port) {
        String id = "lsn-by-hand-" + port;
        cloud.edit(
                "a listener by hand",
                state -> state.with(state.balancer(loadBalancer)
                        .orElseThrow()
                        .put(FakeState.Listener.of(id, Optional.empty(), Transport.TCP, port, id))
                        .put(FakeState.Group.of(id, Optional.empty(), "", Transport.TCP, List.of()))));
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
