package io.plumbline.aliyun;

import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Aliyun CLB.
public final class AliyunProvider implements Provider {
    private final AliyunSettings settings;
    private final Calls calls;
    private final InstantSource clock;
    private final AliyunDialect dialect;
    private final OwnWrites ownWrites;

    /// @param gate asked before every call
    /// @param clock says when readings began
    public AliyunProvider(AliyunSettings settings, CallGate gate, InstantSource clock) {
        this.settings = settings;
        this.calls = new Calls(settings, gate);
        this.clock = clock;
        this.dialect = new AliyunDialect(settings.region());
        this.ownWrites = new OwnWrites(clock);
    }

    @Override
    public Capabilities capabilities() {
        return Limits.capabilities(settings.backendsPerCall());
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Desired normalize(Desired desired) {
        return Normalize.normalize(desired);
    }

    /// A Pod's address is that of a network interface, which is what is registered; a machine is its
    /// own name.
    @Override
    public Answer<SortedMap<Address, Resolution>> resolve(List<Address> addresses) {
        List<Address.Ip> ips = addresses.stream()
                .flatMap(address -> address instanceof Address.Ip ip
                        ? Optional.of(ip).stream()
                        : Optional.<Address.Ip>empty().stream())
                .toList();
        return new Interfaces(calls).of(ips).map(interfaces -> {
            SortedMap<Address, Resolution> resolved = new TreeMap<>(Comparator.comparing(Address::text));
            addresses.forEach(address -> resolved.put(
                    address,
                    switch (address) {
                        case Address.Instance(String id) -> new Resolution(true, id);
                        case Address.Ip(String ip) ->
                            new Resolution(interfaces.containsKey(ip), interfaces.getOrDefault(ip, ""));
                    }));
            return resolved;
        });
    }

    @Override
    public Answer<Actual> read(ReadRequest request) {
        return Reading.read(request, calls.reading(request), settings.vpcId(), clock.instant());
    }

    @Override
    public List<Outcome> apply(ApplyRequest request) {
        return Writing.apply(request, settings, calls, ownWrites);
    }

    /// This cloud does everything at once, but it may refuse to start a listener while it still makes it.
    @Override
    public Outcome poll(LoadBalancerKey key, Outcome.Task task) {
        return Writing.poll(task, calls);
    }

    @Override
    public Answer<List<Health>> health(List<HealthQuestion> questions) {
        return questions.isEmpty() ? new Got<>(List.of()) : HealthReading.ask(questions, calls, clock.instant());
    }
}
