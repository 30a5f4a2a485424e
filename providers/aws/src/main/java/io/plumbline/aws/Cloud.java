package io.plumbline.aws;

import io.plumbline.spi.CallGate;
import java.time.InstantSource;

/// What a provider works with: the cloud's calls, and what is shared by all load balancers.
record Cloud(Calls calls, Inquiries inquiries, Subnets subnets, BackendGroup backendGroup, TargetRules targetRules) {
    static Cloud of(AwsSettings settings, CallGate gate, InstantSource clock) {
        Calls calls = new Calls(settings, gate);
        Inquiries inquiries = new Inquiries(calls);
        return new Cloud(
                calls,
                inquiries,
                new Subnets(inquiries, clock),
                new BackendGroup(calls, inquiries),
                new TargetRules(calls, inquiries, clock));
    }
}
