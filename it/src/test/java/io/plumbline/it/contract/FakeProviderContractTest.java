package io.plumbline.it.contract;

import io.plumbline.fake.Traits;
import io.plumbline.spi.Capabilities;
import org.junit.jupiter.api.Nested;

/// The contract, for every sort of cloud that the fake can be.
class FakeProviderContractTest {
    @Nested
    class WithPoolsOfTheirOwn implements ProviderContract {
        @Override
        public ContractCloud cloud() {
            return new FakeContractCloud(Traits.group());
        }
    }

    @Nested
    class WithInlinePools implements ProviderContract {
        @Override
        public ContractCloud cloud() {
            return new FakeContractCloud(Traits.inline());
        }
    }

    @Nested
    class WithTasksAndPoolsOfTheirOwn implements ProviderContract {
        @Override
        public ContractCloud cloud() {
            return new FakeContractCloud(Traits.group().at(Traits.Pace.slow()));
        }
    }

    @Nested
    class WithTasksAndInlinePools implements ProviderContract {
        @Override
        public ContractCloud cloud() {
            return new FakeContractCloud(Traits.inline().at(Traits.Pace.slow()));
        }
    }

    @Nested
    class DrainingByDeregistrationWithLabels implements ProviderContract {
        @Override
        public ContractCloud cloud() {
            return new FakeContractCloud(
                    Traits.group().draining(Capabilities.Drain.DEREGISTER).labelling(true));
        }
    }

    @Nested
    class RemovingOnlyEmptyLoadBalancers implements ProviderContract {
        @Override
        public ContractCloud cloud() {
            return new FakeContractCloud(Traits.group().removing(Capabilities.Cascade.NOTHING));
        }
    }
}
