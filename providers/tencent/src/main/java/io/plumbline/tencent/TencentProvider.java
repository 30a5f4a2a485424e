package io.plumbline.tencent;

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
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Tencent Cloud CLB.
public final class TencentProvider implements Provider {
    private final TencentSettings settings;
    private final Calls calls;
    private final InstantSource clock;
    private final TencentDialect dialect;

    /// @param gate asked before every call
    /// @param clock says when readings began
    public TencentProvider(TencentSettings settings, CallGate gate, InstantSource clock) {
        this.settings = settings;
        this.calls = new Calls(settings, gate, clock);
        this.clock = clock;
        this.dialect = new TencentDialect(settings.region());
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
        return Reading.read(request, calls.reading(request), settings.vpcId(), clock.instant());
    }

    @Override
    public List<Outcome> apply(ApplyRequest request) {
        return Writing.apply(request, calls);
    }

    @Override
    public Outcome poll(LoadBalancerKey key, Outcome.Task task) {
        return Writing.poll(key, task, calls);
    }

    @Override
    public Answer<List<Health>> health(List<HealthQuestion> questions) {
        return HealthReading.ask(questions, calls, clock.instant());
    }
}
