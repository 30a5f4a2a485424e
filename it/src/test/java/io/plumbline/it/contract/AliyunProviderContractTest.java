package io.plumbline.it.contract;

/// The contract, for Aliyun through its own SDK against the simulated cloud.
class AliyunProviderContractTest implements ProviderContract {
    @Override
    public ContractCloud cloud() {
        return new AliyunContractCloud();
    }
}
