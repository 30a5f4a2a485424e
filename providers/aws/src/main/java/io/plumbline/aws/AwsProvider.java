package io.plumbline.aws;

import io.plumbline.spi.Answer;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.LoadBalancerKey;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// AWS Network Load Balancer.
public final class AwsProvider implements Provider {
    private final Cloud cloud;
    private final InstantSource clock;
    private final AwsDialect dialect = new AwsDialect();

    /// @param gate asked before every call
    /// @param clock says when readings began
    public AwsProvider(AwsSettings settings, CallGate gate, InstantSource clock) {
        this.cloud = Cloud.of(settings, gate, clock);
        this.clock = clock;
    }

    @Override
    public Capabilities capabilities() {
        return Limits.capabilities();
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Desired normalize(Desired desired) {
        return Normalize.normalize(desired);
    }

    /// Targets are named by their own addresses, which the cloud checks when they are registered: nothing is
    /// asked.
    @Override
    public Answer<SortedMap<Address, Resolution>> resolve(List<Address> addresses) {
        TreeMap<Address, Resolution> resolved = new TreeMap<>(Comparator.comparing(Address::text));
        addresses.forEach(address -> resolved.put(address, new Resolution(true, address.text())));
        return new Answer.Got<>(resolved);
    }

    @Override
    public Answer<Actual> read(ReadRequest request) {
        return Reading.read(request, cloud, clock.instant()).map(actual -> {
            cloud.backendGroup().seen(actual);
            return actual;
        });
    }

    @Override
    public List<Outcome> apply(ApplyRequest request) {
        return Writing.apply(request, cloud);
    }

    /// The cloud answers when it is through: no task of ours is ever pending.
    @Override
    public Outcome poll(LoadBalancerKey key, Outcome.Task task) {
        return Failures.stale("this cloud has no tasks: " + task.action());
    }

    @Override
    public Answer<List<Health>> health(List<HealthQuestion> questions) {
        return HealthReading.ask(questions, cloud.inquiries(), clock.instant());
    }
}
