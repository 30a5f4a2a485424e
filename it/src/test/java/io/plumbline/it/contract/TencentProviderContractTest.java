package io.plumbline.it.contract;

/// The contract, for Tencent through its own SDK against the simulated cloud.
class TencentProviderContractTest implements ProviderContract {
    @Override
    public ContractCloud cloud() {
        return new TencentContractCloud();
    }
}
