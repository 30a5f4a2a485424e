package io.plumbline.it.fault;

import io.plumbline.it.virtual.VirtualClock;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/// A cloud on virtual time, what goes wrong in it, and what it holds.
interface FaultyCloud {
    /// The provider's name.
    String name();

    Provider provider(CallGate gate);

    /// What makes a Service's members its Pods.
    Map<String, String> serviceAnnotations();

    /// What makes a Pod that is being deleted keep its connections.
    Map<String, String> grace();

    /// The address of a Pod that this cloud knows.
    String address(int number);

    /// Nobody listens at this Pod's address any more.
    void fallSilent(int number);

    /// The reply of the n-th call from now on is lost; what it asked for is done.
    void loseReply(int nth);

    /// The next calls that change something are refused, too many of them.
    void throttleWrites(int times);

    /// The next calls that change something are refused: the cloud works on something else of that load
    /// balancer.
    void busy(int times);

    /// The next task that the cloud begins fails.
    void failTask();

    /// The next registration of several members is done for some of them only.
    void registerPartly();

    /// Every call is refused, since the credentials are wrong.
    void refuseCredentials(boolean on);

    /// Somebody deletes everything by hand.
    void deleteByHand();

    /// Somebody makes a listener on the only load balancer.
    void makeStrangersListener(int port);

    /// Whether the account's quota of load balancers and the rates of calls count; they do until they are lifted.
    default void limited(boolean on) {}

    /// Load balancers that exist.
    List<String> balancers();

    /// What stands beside load balancers and would be left behind: pools of their own, security groups.
    default List<String> beside() {
        return List.of();
    }

    /// Load balancers that have ever been made.
    int everMade();

    /// `80/10.0.3.1:80` for each member that gets new connections.
    SortedSet<String> members();

    /// Ports of all listeners.
    SortedSet<Integer> listeners();

    /// Calls that changed something and were accepted.
    int writes();

    /// Calls that changed something, by action, and whether or not they were accepted.
    List<String> writesTried();

    /// Calls that it takes to change one member of each of so many pools.
    default int writesForAMemberOf(int pools) {
        return 1;
    }

    /// How long it takes at most until a load balancer is made anew after one that is gone. A cloud that remembers the
    /// token of the first one needs another attempt, which waits until the first cannot have made anything.
    default Duration anew() {
        return Duration.ofSeconds(30);
    }

    /// One in which nothing has happened yet.
    static FaultyCloud of(String name, VirtualClock clock) {
        return switch (name) {
            case "fake at once" -> FakeFaultyCloud.atOnce(clock);
            case "fake with tasks" -> FakeFaultyCloud.withTasks(clock);
            case "fake with named targets" -> FakeFaultyCloud.withNamedTargets(clock);
            case "fake with pools of one kind" -> FakeFaultyCloud.withPoolsOfOneKind(clock);
            case "tencent" -> new TencentFaultyCloud(clock);
            case "aliyun" -> new AliyunFaultyCloud(clock);
            case "aws" -> new AwsFaultyCloud(clock);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /// The names of all.
    static List<String> all() {
        return List.of("fake at once", "fake with tasks", "tencent", "aliyun", "aws");
    }
}
