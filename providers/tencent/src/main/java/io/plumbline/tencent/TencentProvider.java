package io.plumbline.tencent;

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
import java.util.List;
import java.util.SortedMap;

/// Tencent Cloud CLB.
@SuppressWarnings("unused")
public final class TencentProvider implements Provider {
    /// @param gate asked before every call
    /// @param clock says when readings began
    public TencentProvider(TencentSettings settings, CallGate gate, InstantSource clock) {}

    @Override
    public Capabilities capabilities() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public Dialect dialect() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public Desired normalize(Desired desired) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public Answer<SortedMap<Address, Resolution>> resolve(List<Address> addresses) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public Answer<Actual> read(ReadRequest request) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public List<Outcome> apply(ApplyRequest request) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public Outcome poll(LoadBalancerKey key, Outcome.Task task) {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public Answer<List<Health>> health(List<HealthQuestion> questions) {
        throw new UnsupportedOperationException("not yet");
    }
}
