package io.plumbline.it.fault;

import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.ChangeLog;
import io.plumbline.it.clouds.ChangeLog.CallKind;
import io.plumbline.it.clouds.Fault;
import io.plumbline.it.clouds.LockedCloud;
import io.plumbline.it.clouds.MadeOnVirtualTime;
import io.plumbline.it.clouds.Network;
import io.plumbline.it.clouds.Prober;
import io.plumbline.it.clouds.SimulationClock;
import io.plumbline.it.virtual.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What all simulated clouds have in common.
abstract class SimulatedFaultyCloud<C extends LockedCloud<?>> implements FaultyCloud {
    static final String WRONG_KEY = "canary-0f-a-secret-key";

    final VirtualClock clock;
    final C cloud;
    private final Set<String> silent = new TreeSet<>();
    private boolean wrongKeys;

    SimulatedFaultyCloud(VirtualClock clock, MadeOnVirtualTime<C> making) {
        this.clock = clock;
        this.cloud = making.make(
                Network.everyAddress(),
                SimulationClock.following(clock),
                Prober.answering(probe -> !silent.contains(probe.address())));
    }

    /// The code of an answer to too many calls.
    abstract String throttled();

    /// The code of an answer while the cloud works on something else of that load balancer.
    abstract String busy();

    @Override
    public final String name() {
        return cloud.name();
    }

    @Override
    public String address(int number) {
        return "10.0.3." + number;
    }

    @Override
    public void fallSilent(int number) {
        silent.add(address(number));
    }

    @Override
    public void loseReply(int nth) {
        cloud.faults().add(Fault.nth("*", nth, Fault.Kind.LOSE));
    }

    @Override
    public void throttleWrites(int times) {
        refuseWrites(times, throttled());
    }

    @Override
    public void busy(int times) {
        refuseWrites(times, busy());
    }

    private void refuseWrites(int times, String code) {
        for (int nth = 1; nth <= times; nth++) {
            cloud.faults().add(Fault.error("*write", nth, code));
        }
    }

    /// Every call of this action is refused from now on.
    void refuseAlways(String action, String code) {
        cloud.faults().add(Fault.always(action, code));
    }

    /// The next call of this action is refused.
    void refuseOnce(String action, String code) {
        cloud.faults().add(Fault.error(action, 1, code));
    }

    /// Nothing is refused any more.
    void relent() {
        cloud.faults().clear();
    }

    @Override
    public void refuseCredentials(boolean on) {
        wrongKeys = on;
    }

    /// The right credentials, or the wrong ones while they are refused.
    <K> K keys(K right, K wrong) {
        return wrongKeys ? wrong : right;
    }

    @Override
    public List<String> balancers() {
        return cloud.balancers().stream().map(BalancerView::id).toList();
    }

    @Override
    public int everMade() {
        return (int) cloud.log().entries().stream()
                .filter(entry -> entry instanceof ChangeLog.Lifecycle lifecycle
                        && lifecycle.what().equals("balancer")
                        && lifecycle.happened() == ChangeLog.Happened.ADDED)
                .count();
    }

    @Override
    public SortedSet<String> members() {
        return cloud.balancers().stream()
                .flatMap(balancer -> balancer.listeners().stream())
                .flatMap(listener -> listener.targets().stream()
                        .filter(target -> target.weight() > 0)
                        .map(target -> listener.port() + "/" + target.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public SortedSet<Integer> listeners() {
        return cloud.balancers().stream()
                .flatMap(balancer -> balancer.listeners().stream())
                .map(BalancerView.ListenerView::port)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public int writes() {
        return cloud.log().writes().size();
    }

    @Override
    public List<String> writesTried() {
        return cloud.log().calls().stream()
                .filter(call -> call.kind() == CallKind.WRITE)
                .map(ChangeLog.Call::action)
                .toList();
    }

    /// Time passes in the cloud.
    void pass(Duration time) {
        clock.moveBy(time);
        cloud.tick();
    }
}
