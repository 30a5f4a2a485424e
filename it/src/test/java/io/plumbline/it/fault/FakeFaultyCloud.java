package io.plumbline.it.fault;

import io.plumbline.fake.ChangeLog;
import io.plumbline.fake.FakeCloud;
import io.plumbline.fake.FakeProvider;
import io.plumbline.fake.FakeState;
import io.plumbline.fake.Faults;
import io.plumbline.fake.Faults.Effect;
import io.plumbline.fake.Faults.Fault;
import io.plumbline.fake.Traits;
import io.plumbline.it.virtual.VirtualClock;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Provider;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The cloud in memory.
final class FakeFaultyCloud implements FaultyCloud {
    private final FakeCloud cloud;

    private FakeFaultyCloud(FakeCloud cloud) {
        this.cloud = cloud;
    }

    /// Pools on their own, and everything happens at once.
    static FaultyCloud atOnce(VirtualClock clock) {
        return new FakeFaultyCloud(new FakeCloud(Traits.group(), clock));
    }

    /// Pools inside their listeners, and every write is a task.
    static FaultyCloud withTasks(VirtualClock clock) {
        return new FakeFaultyCloud(new FakeCloud(Traits.inline().at(Traits.Pace.slow()), clock));
    }

    /// Pools on their own, of Pods or of nodes for ever, whose health is known while a listener leads to them.
    static FaultyCloud withPoolsOfOneKind(VirtualClock clock) {
        return new FakeFaultyCloud(new FakeCloud(
                Traits.group()
                        .draining(Capabilities.Drain.DEREGISTER)
                        .with(new Traits.Quirks(true, true, false))
                        .at(Traits.Pace.slow()),
                clock));
    }

    /// An address is registered by the name of its target, for which the cloud is asked before.
    static FaultyCloud withNamedTargets(VirtualClock clock) {
        return new FakeFaultyCloud(new FakeCloud(Traits.group().with(new Traits.Quirks(false, false, true)), clock));
    }

    /// Whether the cloud knows a Pod's address.
    void knows(int number, boolean its) {
        Address address = new Address.Ip(address(number));
        if (its) {
            cloud.remember(address);
        } else {
            cloud.forget(address);
        }
    }

    /// Ports of the listeners on the load balancer of that name.
    List<Integer> ports(String name) {
        return cloud.state().balancers().stream()
                .filter(balancer -> balancer.name().equals(name))
                .flatMap(balancer -> balancer.listeners().stream())
                .map(FakeState.Listener::port)
                .sorted()
                .toList();
    }

    /// Schemes of all load balancers, in the order in which they were made.
    List<String> schemes() {
        return cloud.state().balancers().stream()
                .map(balancer -> balancer.settings()
                        .scheme()
                        .asOptional()
                        .map(Enum::name)
                        .orElse(""))
                .toList();
    }

    /// How many healthy members are behind each listener of the load balancer at this address; the fewest.
    int serving(String address) {
        return cloud.state().balancers().stream()
                .filter(balancer -> balancer.ip().equals(address))
                .flatMap(balancer -> balancer.listeners().stream())
                .mapToInt(listener -> cloud.serving(listener.group()))
                .min()
                .orElse(0);
    }

    /// How many healthy members are behind the listener of this port.
    int healthyBehind(int port) {
        return cloud.state().balancers().stream()
                .flatMap(balancer -> balancer.listeners().stream())
                .filter(listener -> listener.port() == port)
                .mapToInt(listener -> cloud.serving(listener.group()))
                .sum();
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Provider provider(CallGate gate) {
        return new FakeProvider(cloud, gate);
    }

    @Override
    public Map<String, String> serviceAnnotations() {
        return Map.of();
    }

    @Override
    public Map<String, String> grace() {
        return Map.of("fake.plumbline.io/drain", "true");
    }

    @Override
    public String address(int number) {
        return "10.0.3." + number;
    }

    @Override
    public void fallSilent(int number) {
        for (int port = 80; port < 90; port++) {
            cloud.setHealth(address(number) + ":" + port, Health.Status.UNHEALTHY);
        }
    }

    /// From now on reads show what was there a consistency window ago.
    void readsAreStale() {
        cloud.faults().staleReads(true);
    }

    @Override
    public void loseReply(int nth) {
        cloud.faults().add(new Fault(Faults.ANY, nth, 1, Effect.LOSE_REPLY));
    }

    @Override
    public void throttleWrites(int times) {
        cloud.faults().add(new Fault(Faults.ANY_WRITE, 1, times, Effect.THROTTLE));
    }

    @Override
    public void busy(int times) {
        cloud.faults().add(new Fault(Faults.ANY_WRITE, 1, times, Effect.ERROR));
    }

    @Override
    public void failTask() {
        cloud.faults().add(Fault.first(Faults.ANY_WRITE, Effect.FAIL_TASK));
    }

    @Override
    public void registerPartly() {
        cloud.faults().add(Fault.first("AddMembers", Effect.PARTIAL));
    }

    @Override
    public void refuseCredentials(boolean on) {
        cloud.faults().badCredentials(on);
    }

    @Override
    public void deleteByHand() {
        cloud.edit("delete all", state -> FakeState.empty());
    }

    @Override
    public void makeStrangersListener(int port) {
        FakeState.Balancer only = cloud.state().balancers().getFirst();
        cloud.edit(
                "a listener",
                state -> state.with(
                        only.put(FakeState.Listener.of("lsn-stranger", Optional.empty(), Transport.TCP, port, ""))));
    }

    @Override
    public List<String> balancers() {
        return cloud.state().balancers().stream().map(FakeState.Balancer::id).toList();
    }

    @Override
    public int everMade() {
        return cloud.log().entries().stream()
                .filter(entry -> entry.action().equals("CreateBalancer"))
                .map(ChangeLog.Entry::text)
                .collect(Collectors.toSet())
                .size();
    }

    @Override
    public SortedSet<String> members() {
        SortedSet<String> members = new TreeSet<>();
        for (FakeState.Balancer balancer : cloud.state().balancers()) {
            for (FakeState.Listener listener : balancer.listeners()) {
                balancer.group(listener.group()).stream()
                        .flatMap(group -> group.members().stream())
                        .filter(member -> member.weight() > 0)
                        .forEach(member -> members.add(listener.port() + "/" + member.endpoint()));
            }
        }
        return members;
    }

    @Override
    public SortedSet<Integer> listeners() {
        return cloud.state().balancers().stream()
                .flatMap(balancer -> balancer.listeners().stream())
                .map(FakeState.Listener::port)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public int writes() {
        return cloud.log().writes();
    }

    @Override
    public List<String> writesTried() {
        return cloud.log().entries().stream().map(ChangeLog.Entry::action).toList();
    }
}
