package io.plumbline.it.contract;

import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpAddressType;

/// The contract, but for UDP, for AWS with targets that have IPv6 addresses.
class AwsIpv6ProviderContractTest
        implements DesiredStateContract, NodePortContract, SharingContract, ReplacementContract, VerbContract {
    @Override
    public ContractCloud cloud() {
        return new AwsContractCloud(IpAddressType.DUALSTACK);
    }
}
