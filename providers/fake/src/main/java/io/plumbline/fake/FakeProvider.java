package io.plumbline.fake;

import io.plumbline.spi.Answer;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.LoadBalancerKey;
import java.util.List;
import java.util.SortedMap;

/// The verbs, for a [FakeCloud]. Holds nothing itself: another one on the same cloud carries on where
/// this one ended.
public final class FakeProvider implements Provider {
    private final FakeCloud cloud;
    private final Calls calls;
    private final Asking asking;

    public FakeProvider(FakeCloud cloud, CallGate gate) {
        this.cloud = cloud;
        this.calls = new Calls(cloud, gate);
        this.asking = new Asking(calls);
    }

    @Override
    public Capabilities capabilities() {
        return Limits.of(cloud.traits());
    }

    @Override
    public Dialect dialect() {
        return new FakeDialect(cloud.traits().weights());
    }

    @Override
    public Desired normalize(Desired desired) {
        return Normalize.normalize(desired, cloud.traits());
    }

    @Override
    public Answer<SortedMap<Address, Resolution>> resolve(List<Address> addresses) {
        return asking.resolve(addresses);
    }

    @Override
    public Answer<Actual> read(ReadRequest request) {
        return new Asking(calls.reading(request)).read(request);
    }

    @Override
    public List<Outcome> apply(ApplyRequest request) {
        return new Applying(calls, cloud.traits(), request).all();
    }

    @Override
    public Outcome poll(LoadBalancerKey key, Outcome.Task task) {
        return asking.poll(task);
    }

    @Override
    public Answer<List<Health>> health(List<HealthQuestion> questions) {
        return asking.health(questions, capabilities().limits().loadBalancersPerHealthCall());
    }
}
