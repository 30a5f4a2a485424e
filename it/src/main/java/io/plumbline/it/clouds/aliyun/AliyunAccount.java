package io.plumbline.it.clouds.aliyun;

import java.util.List;

/// The one account of a simulated Aliyun, and what exists in it from the start.
///
/// @param accessKeyId public half of the key pair
/// @param accessKeySecret secret half, with which requests are signed
/// @param vpcId the one VPC, 10.0.0.0/8
/// @param identityProviderArn whose tokens are taken for keys of the role
/// @param roleArn the role that trusts it
/// @param vSwitchIds each stands in the zone of the same place in the list
public record AliyunAccount(
        String region,
        String accessKeyId,
        String accessKeySecret,
        String vpcId,
        List<String> vSwitchIds,
        List<String> zoneIds,
        List<String> securityGroupIds,
        String identityProviderArn,
        String roleArn) {
    public AliyunAccount {
        vSwitchIds = List.copyOf(vSwitchIds);
        zoneIds = List.copyOf(zoneIds);
        securityGroupIds = List.copyOf(securityGroupIds);
        if (vSwitchIds.size() != zoneIds.size()) {
            throw new IllegalArgumentException("each VSwitch stands in a zone");
        }
    }

    /// The account that tests, demo and `simulate` use. Its keys open nothing but the simulation.
    public static AliyunAccount example() {
        return new AliyunAccount(
                "cn-hangzhou",
                "simulated-access-key-id",
                "simulated-access-key-secret",
                "vpc-plumb001",
                List.of("vsw-plumb001", "vsw-plumb002"),
                List.of("cn-hangzhou-h", "cn-hangzhou-i"),
                List.of("sg-plumb001", "sg-plumb002"),
                "acs:ram::1:oidc-provider/cluster",
                "acs:ram::1:role/plumbline");
    }

    /// The zone in which a VSwitch stands.
    String zoneOf(String vSwitchId) {
        return zoneIds.get(Math.max(0, vSwitchIds.indexOf(vSwitchId)));
    }
}
