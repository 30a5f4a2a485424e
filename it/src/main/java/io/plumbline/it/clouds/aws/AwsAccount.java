package io.plumbline.it.clouds.aws;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The one account of a simulated AWS in one region, and what exists in it from the start.
///
/// @param accountId twelve digits
/// @param accessKeyId public half of the key pair
/// @param secretAccessKey secret half, with which requests are signed
/// @param vpcId the one VPC, 10.0.0.0/8
/// @param subnets a public and a private one in each of two zones
/// @param securityGroupIds the VPC's default group first
/// @param allocations public addresses by their allocation id
/// @param roleArn the role that a web identity may assume
public record AwsAccount(
        String accountId,
        String region,
        String accessKeyId,
        String secretAccessKey,
        String vpcId,
        List<Subnet> subnets,
        List<String> securityGroupIds,
        Map<String, String> allocations,
        String roleArn) {
    public AwsAccount {
        subnets = List.copyOf(subnets);
        securityGroupIds = List.copyOf(securityGroupIds);
        allocations = Collections.unmodifiableMap(new TreeMap<>(allocations));
    }

    /// A subnet.
    ///
    /// @param open whether its route table leads to an internet gateway
    public record Subnet(String id, String zone, String cidr, boolean open) {}

    /// The account that tests, demo and `simulate` use. Its keys open nothing but the simulation.
    public static AwsAccount example() {
        return new AwsAccount(
                "123456789012",
                "eu-central-1",
                "AKIASIMULATEDKEYID00",
                "simulated-secret-access-key",
                "vpc-0plumb000000000001",
                List.of(
                        subnet(1, "eu-central-1a", "10.64.0.0/10", true),
                        subnet(2, "eu-central-1b", "10.128.0.0/10", true),
                        subnet(3, "eu-central-1a", "10.0.0.0/10", false),
                        subnet(4, "eu-central-1b", "10.192.0.0/10", false)),
                List.of("sg-0plumb000000000001", "sg-0plumb000000000002"),
                Map.of(
                        "eipalloc-0plumb0000000001", "198.51.100.1",
                        "eipalloc-0plumb0000000002", "198.51.100.2",
                        "eipalloc-0plumb0000000003", "198.51.100.3"),
                "arn:aws:iam::123456789012:role/plumbline");
    }

    private static Subnet subnet(int number, String zone, String cidr, boolean open) {
        return new Subnet(String.format(Locale.ROOT, "subnet-0plumb%012d", number), zone, cidr, open);
    }

    /// The ids of all subnets.
    public List<String> subnetIds() {
        return subnets.stream().map(Subnet::id).toList();
    }

    /// The ARN of something of this account and region.
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + accountId + ":" + resource;
    }
}
