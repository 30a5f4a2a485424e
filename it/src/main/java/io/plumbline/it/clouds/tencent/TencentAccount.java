package io.plumbline.it.clouds.tencent;

import java.util.List;

/// The one account of a simulated Tencent Cloud, and what exists in it from the start.
///
/// @param secretId public half of the key pair
/// @param secretKey secret half, with which requests are signed
/// @param vpcId the one VPC
/// @param identityProvider whose tokens are taken for temporary keys
/// @param roleArn the role that trusts it
public record TencentAccount(
        String region,
        String secretId,
        String secretKey,
        String vpcId,
        List<String> subnetIds,
        List<String> securityGroupIds,
        String identityProvider,
        String roleArn) {
    public TencentAccount {
        subnetIds = List.copyOf(subnetIds);
        securityGroupIds = List.copyOf(securityGroupIds);
    }

    /// The account that tests, demo and `simulate` use. Its keys open nothing but the simulation.
    public static TencentAccount example() {
        return new TencentAccount(
                "ap-guangzhou",
                "simulated-secret-id",
                "simulated-secret-key",
                "vpc-plumb001",
                List.of("subnet-plumb001", "subnet-plumb002"),
                List.of("sg-plumb001", "sg-plumb002"),
                "plumbline-cluster",
                "qcs::cam::uin/100000000001:roleName/plumbline");
    }
}
