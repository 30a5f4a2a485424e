package io.plumbline.it.clouds.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;

/// Every action that is served, by its service and name.
final class Actions {
    private final BalancerWrites balancerWrites;
    private final BalancerReads balancerReads;
    private final TargetGroupWrites groupWrites;
    private final TargetGroupReads groupReads;
    private final ListenerWrites listenerWrites;
    private final ListenerReads listenerReads;
    private final Targets targets;
    private final Tags tags;
    private final Vpc vpc;
    private final Machines machines;
    private final SecurityGroups securityGroups;
    private final Ec2Tags ec2Tags;
    private final Certificates certificates;
    private final Tagging tagging;
    private final SecurityTokens tokens;

    Actions(Estate estate, Pools pools, InstantSource realTime) {
        this.balancerWrites = new BalancerWrites(estate, pools);
        this.balancerReads = new BalancerReads(estate);
        this.groupWrites = new TargetGroupWrites(estate, pools);
        this.groupReads = new TargetGroupReads(estate, pools);
        this.listenerWrites = new ListenerWrites(estate, pools);
        this.listenerReads = new ListenerReads(estate);
        this.targets = new Targets(estate, pools);
        this.tags = new Tags(estate);
        this.vpc = new Vpc(estate);
        this.machines = new Machines(estate);
        this.securityGroups = new SecurityGroups(estate);
        this.ec2Tags = new Ec2Tags(estate);
        this.certificates = new Certificates(estate);
        this.tagging = new Tagging(estate);
        this.tokens = new SecurityTokens(estate, realTime);
    }

    /// Does it, and replies by the names of the contract.
    ObjectNode act(ApiCall call) {
        return switch (call.service()) {
            case ELASTIC_LOAD_BALANCING -> elasticLoadBalancing(call);
            case EC2 -> ec2(call);
            case CERTIFICATE_MANAGER -> certificateManager(call);
            case TAGGING -> tagging.resources(call);
            case SECURITY_TOKEN -> securityToken(call);
        };
    }

    private ObjectNode elasticLoadBalancing(ApiCall call) {
        return switch (call.action()) {
            case "CreateLoadBalancer" -> balancerWrites.create(call);
            case "DeleteLoadBalancer" -> balancerWrites.delete(call);
            case "ModifyLoadBalancerAttributes" -> balancerWrites.modifyAttributes(call);
            case "SetSecurityGroups" -> balancerWrites.setSecurityGroups(call);
            case "SetSubnets" -> balancerWrites.setSubnets(call);
            case "SetIpAddressType" -> balancerWrites.setIpAddressType(call);
            case "DescribeLoadBalancers" -> balancerReads.describe(call);
            case "DescribeLoadBalancerAttributes" -> balancerReads.attributes(call);
            case "DescribeAccountLimits" -> balancerReads.accountLimits();
            case "CreateTargetGroup" -> groupWrites.create(call);
            case "ModifyTargetGroup" -> groupWrites.modify(call);
            case "ModifyTargetGroupAttributes" -> groupWrites.modifyAttributes(call);
            case "DeleteTargetGroup" -> groupWrites.delete(call);
            case "DescribeTargetGroups" -> groupReads.describe(call);
            case "DescribeTargetGroupAttributes" -> groupReads.attributes(call);
            case "DescribeTargetHealth" -> groupReads.health(call);
            case "RegisterTargets" -> targets.register(call);
            case "DeregisterTargets" -> targets.deregister(call);
            case "AddTags" -> tags.add(call);
            case "RemoveTags" -> tags.remove(call);
            case "DescribeTags" -> tags.describe(call);
            default -> listeners(call);
        };
    }

    private ObjectNode listeners(ApiCall call) {
        return switch (call.action()) {
            case "CreateListener" -> listenerWrites.create(call);
            case "ModifyListener" -> listenerWrites.modify(call);
            case "DeleteListener" -> listenerWrites.delete(call);
            case "ModifyListenerAttributes" -> listenerWrites.modifyAttributes(call);
            case "AddListenerCertificates" -> listenerWrites.addCertificates(call);
            case "RemoveListenerCertificates" -> listenerWrites.removeCertificates(call);
            case "DescribeListeners" -> listenerReads.describe(call);
            case "DescribeListenerAttributes" -> listenerReads.attributes(call);
            case "DescribeListenerCertificates" -> listenerReads.certificates(call);
            case "DescribeRules" -> listenerReads.rules(call);
            case "DescribeSSLPolicies" -> Encryption.policies(call);
            default -> throw unserved(call);
        };
    }

    private ObjectNode ec2(ApiCall call) {
        return switch (call.action()) {
            case "DescribeSubnets" -> vpc.subnets(call);
            case "DescribeVpcs" -> vpc.vpcs(call);
            case "DescribeAvailabilityZones" -> vpc.zones(call);
            case "DescribeRouteTables" -> vpc.routeTables(call);
            case "DescribeInternetGateways" -> vpc.internetGateways(call);
            case "DescribeInstances" -> machines.instances(call);
            case "DescribeNetworkInterfaces" -> machines.networkInterfaces(call);
            case "DescribeAddresses" -> vpc.addresses(call);
            case "DescribeManagedPrefixLists" -> vpc.prefixLists(call);
            case "CreateSecurityGroup" -> securityGroups.create(call);
            case "DeleteSecurityGroup" -> securityGroups.delete(call);
            case "DescribeSecurityGroups" -> securityGroups.describe(call);
            case "DescribeSecurityGroupRules" -> securityGroups.describeRules(call);
            case "AuthorizeSecurityGroupIngress" -> securityGroups.authorize(call);
            case "RevokeSecurityGroupIngress" -> securityGroups.revoke(call);
            case "ModifySecurityGroupRules" -> securityGroups.modifyRules(call);
            case "CreateTags" -> ec2Tags.create(call);
            case "DeleteTags" -> ec2Tags.delete(call);
            default -> throw unserved(call);
        };
    }

    private ObjectNode certificateManager(ApiCall call) {
        return switch (call.action()) {
            case "DescribeCertificate" -> certificates.describe(call);
            case "ListCertificates" -> certificates.list(call);
            case "ImportCertificate" -> certificates.importOne(call);
            case "DeleteCertificate" -> certificates.delete(call);
            default -> throw unserved(call);
        };
    }

    private ObjectNode securityToken(ApiCall call) {
        return switch (call.action()) {
            case "AssumeRoleWithWebIdentity" -> tokens.assumeRoleWithWebIdentity(call);
            case "GetCallerIdentity" -> tokens.callerIdentity(call);
            default -> throw unserved(call);
        };
    }

    private static IllegalStateException unserved(ApiCall call) {
        return new IllegalStateException("in the contract, but not served: " + call.action());
    }
}
