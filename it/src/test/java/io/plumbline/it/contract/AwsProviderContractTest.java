package io.plumbline.it.contract;

/// The contract, for AWS through its own SDK against the simulated cloud.
class AwsProviderContractTest implements ProviderContract {
    @Override
    public ContractCloud cloud() {
        return new AwsContractCloud();
    }
}
