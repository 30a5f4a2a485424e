package io.plumbline.it.contract;

/// The whole suite: a provider's test class implements it and names its [ContractCloud].
interface ProviderContract
        extends DesiredStateContract,
                NodePortContract,
                TransportContract,
                SharingContract,
                ReplacementContract,
                VerbContract {
    @Override
    ContractCloud cloud();
}
