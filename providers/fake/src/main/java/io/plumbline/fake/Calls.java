package io.plumbline.fake;

import io.plumbline.fake.FakeState.Balancer;
import io.plumbline.fake.Reply.GroupHealth;
import io.plumbline.fake.Reply.Receipt;
import io.plumbline.fake.Reply.TaskStatus;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.CallGate.Permission;
import io.plumbline.spi.CallGate.Sort;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.model.Address;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The only way to the cloud. Every call asks the gate first.
final class Calls {
    private final FakeCloud cloud;
    private final CallGate gate;

    Calls(FakeCloud cloud, CallGate gate) {
        this.cloud = cloud;
        this.gate = gate;
    }

    /// For the calls of one reading.
    Calls reading(ReadRequest request) {
        return new Calls(cloud, gate.reading(request));
    }

    Instant now() {
        return cloud.now();
    }

    Reply<Receipt> write(Call call) {
        return through(call.action(), call.sort(), () -> cloud.write(call));
    }

    Reply<List<Balancer>> balancers(Predicate<Balancer> wanted) {
        return through("DescribeBalancers", Sort.READ, () -> cloud.describeBalancers(wanted));
    }

    Reply<TaskStatus> task(String task) {
        return through("DescribeTask", Sort.POLL, () -> cloud.describeTask(task));
    }

    Reply<SortedMap<String, List<GroupHealth>>> health(List<String> balancers) {
        return through("DescribeHealth", Sort.HEALTH, () -> cloud.describeHealth(balancers));
    }

    Reply<List<Address>> addresses(List<Address> addresses) {
        return through("DescribeAddresses", Sort.READ, () -> cloud.describeAddresses(addresses));
    }

    private <T> Reply<T> through(String action, Sort sort, Supplier<Reply<T>> call) {
        return switch (gate.ask(action, sort)) {
            case Permission.Go go -> call.get();
            case Permission.NotNow(var retry) -> new Reply.Held<>(retry);
        };
    }
}
