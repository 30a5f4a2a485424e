package io.plumbline.it.clouds.aliyun;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the real API refuses is refused, and nothing changes.
class RefusalsTest {
    private final Laboratory laboratory = new Laboratory();
    private String balancer = "";
    private String group = "";

    @BeforeEach
    void oneBalancerWithOneListener() throws Exception {
        balancer = laboratory.balancer();
        group = laboratory.group(balancer, Laboratory.pod("10.244.0.1"));
        laboratory.listener(balancer, 80, group);
    }

    /// `$b` is the balancer, `$g` the group, `;` parts name and value pairs.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            InvalidAction.NotFound              | DescribeWeather                   |
            UnsupportedOperation                | CreateRules                       | LoadBalancerId=$b
            MissingParameter                    | DeleteLoadBalancer                |
            InvalidRegionId.NotFound            | DescribeLoadBalancers             | RegionId=cn-nowhere
            InvalidParameter                    | DescribeLoadBalancers             | PageSize=many
            InvalidParameter                    | DescribeLoadBalancers             | PageSize=101
            InvalidLoadBalancerId.NotFound      | DeleteLoadBalancer                | LoadBalancerId=lb-none
            InvalidParameter                    | CreateLoadBalancer                | AddressType=nowhere
            MissingParam.LoadBalancerSpec       | CreateLoadBalancer                | AddressType=internet
            MissingParam.VSwitchId              | CreateLoadBalancer                | AddressType=intranet
            InvalidVSwitchId.NotFound           | CreateLoadBalancer                | VSwitchId=vsw-none
            InvalidParameter.Mismatch           | CreateLoadBalancer                | VSwitchId=vsw-plumb001;AddressType=internet
            InvalidVpcId.NotExist               | CreateLoadBalancer                | VpcId=vpc-none
            InvalidParameter                    | CreateLoadBalancer                | LoadBalancerSpec=slb.huge
            Instance.InternetChargeTypeNotAllowed | CreateLoadBalancer              | InstanceChargeType=PayByCLCU;InternetChargeType=paybybandwidth
            InvalidParameter.Bandwidth          | CreateLoadBalancer                | LoadBalancerSpec=slb.s1.small;InternetChargeType=paybybandwidth
            InvalidParameter                    | CreateLoadBalancer                | InstanceChargeType=PayByCLCU;LoadBalancerName=1st
            MissingParam.TagKey                 | CreateLoadBalancer                | InstanceChargeType=PayByCLCU;Tag.1.Value=x
            InvalidParam.TagKey                 | CreateLoadBalancer                | InstanceChargeType=PayByCLCU;Tag.1.Key=acs:x;Tag.1.Value=x
            UnsupportedParameter                | CreateLoadBalancer                | AddressIPVersion=ipv6
            InvalidParameter                    | SetLoadBalancerDeleteProtection   | LoadBalancerId=$b;DeleteProtection=perhaps
            InvalidParam.ModificationProtectionStatus | SetLoadBalancerModificationProtection | LoadBalancerId=$b;ModificationProtectionStatus=x
            OperationDenied.PayByCLCU           | ModifyLoadBalancerInstanceSpec    | LoadBalancerId=$b;LoadBalancerSpec=slb.s1.small
            OperationDenied.PayByCLCU           | ModifyLoadBalancerInternetSpec    | LoadBalancerId=$b;Bandwidth=5
            MissingParameter                    | CreateLoadBalancerTCPListener     | LoadBalancerId=$b;ListenerPort=81
            InvalidParameter                    | CreateLoadBalancerTCPListener     | LoadBalancerId=$b;ListenerPort=65536;Bandwidth=-1
            InvalidParameter                    | CreateLoadBalancerTCPListener     | LoadBalancerId=$b;ListenerPort=81;Bandwidth=0
            MissingParam.BackendServerPort      | CreateLoadBalancerTCPListener     | LoadBalancerId=$b;ListenerPort=81;Bandwidth=-1
            ResourceNotFound.VServerGroup       | CreateLoadBalancerTCPListener     | LoadBalancerId=$b;ListenerPort=81;Bandwidth=-1;VServerGroupId=rsp-none
            ListenerAlreadyExists               | CreateLoadBalancerTCPListener     | LoadBalancerId=$b;ListenerPort=80;Bandwidth=-1;VServerGroupId=$g
            ListenerAlreadyExists               | CreateLoadBalancerHTTPListener    | LoadBalancerId=$b;ListenerPort=80;HealthCheck=off;VServerGroupId=$g
            MissingParameter                    | CreateLoadBalancerHTTPListener    | LoadBalancerId=$b;ListenerPort=81;VServerGroupId=$g
            InvalidParameter                    | CreateLoadBalancerHTTPListener    | LoadBalancerId=$b;ListenerPort=81;HealthCheck=off;Scheduler=sch;VServerGroupId=$g
            MissingParam.StickySessionType      | CreateLoadBalancerHTTPListener    | LoadBalancerId=$b;ListenerPort=81;HealthCheck=off;StickySession=on;VServerGroupId=$g
            MissingParam.CookieTimeout          | CreateLoadBalancerHTTPListener    | LoadBalancerId=$b;ListenerPort=81;HealthCheck=off;StickySession=on;StickySessionType=insert;VServerGroupId=$g
            InvalidParameter                    | CreateLoadBalancerHTTPListener    | LoadBalancerId=$b;ListenerPort=81;HealthCheck=off;ListenerForward=on;ForwardPort=443
            InvalidParameter                    | CreateLoadBalancerHTTPListener    | LoadBalancerId=$b;ListenerPort=81;HealthCheck=on;HealthCheckURI=/;VServerGroupId=$g
            MissingParam.ServerCertificateId    | CreateLoadBalancerHTTPSListener   | LoadBalancerId=$b;ListenerPort=443;HealthCheck=off;Bandwidth=-1;VServerGroupId=$g
            CertificateNotExist                 | CreateLoadBalancerHTTPSListener   | LoadBalancerId=$b;ListenerPort=443;HealthCheck=off;Bandwidth=-1;VServerGroupId=$g;ServerCertificateId=none
            InvalidParameter                    | SetLoadBalancerTCPListenerAttribute | LoadBalancerId=$b;ListenerPort=81
            InvalidParameter                    | SetLoadBalancerTCPListenerAttribute | LoadBalancerId=$b;ListenerPort=80;PersistenceTimeout=3601
            InvalidParameter                    | SetLoadBalancerTCPListenerAttribute | LoadBalancerId=$b;ListenerPort=80;HealthCheckInterval=51
            MissingParam.VServerGroupId         | SetLoadBalancerTCPListenerAttribute | LoadBalancerId=$b;ListenerPort=80;VServerGroup=on
            OperationFailed.ServerGroupInUse    | SetLoadBalancerTCPListenerAttribute | LoadBalancerId=$b;ListenerPort=80;VServerGroup=off
            MissingParam.ConnectionDrainTimeout | SetLoadBalancerTCPListenerAttribute | LoadBalancerId=$b;ListenerPort=80;ConnectionDrain=on
            MissingParam.AclId                  | SetLoadBalancerTCPListenerAttribute | LoadBalancerId=$b;ListenerPort=80;AclStatus=on
            AclNotExist                         | SetLoadBalancerTCPListenerAttribute | LoadBalancerId=$b;ListenerPort=80;AclStatus=on;AclType=white;AclId=acl-none
            InvalidParameter                    | StartLoadBalancerListener         | LoadBalancerId=$b;ListenerPort=81
            IllegalParam.ListenerProtocol       | StartLoadBalancerListener         | LoadBalancerId=$b;ListenerPort=80;ListenerProtocol=quic
            IllegalParam.MaxResults             | DescribeLoadBalancerListeners     | MaxResults=101
            RspoolVipExist                      | DeleteVServerGroup                | VServerGroupId=$g
            InvalidParameter                    | DeleteVServerGroup                | VServerGroupId=rsp-none
            InvalidParameter                    | CreateVServerGroup                | LoadBalancerId=$b;VServerGroupName=a b
            InvalidParameter                    | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=x
            InvalidParameter                    | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=[{"Port":80}]
            InvalidServerId.NotExist            | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=[{"ServerId":"i-none","Port":80}]
            InvalidParameter                    | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=[{"ServerId":"i-1"}]
            InvalidParameter                    | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=[{"ServerId":"i-1","Port":80,"Weight":101}]
            InvalidParameter                    | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=[{"ServerId":"i-1","Port":80,"Description":"a b"}]
            InvalidParameter                    | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=[{"ServerId":"i-1","Port":80},{"ServerId":"i-1","Port":"80"}]
            BackendServer.InvalidType           | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=[{"ServerId":"i-1","Port":80,"Type":"pod"}]
            MissingParam.ServerIp               | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=[{"ServerId":"eni-0af40002","Port":80,"Type":"eni"}]
            ResourceNotFound.vServers           | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=[{"ServerId":"eni-0af40102","ServerIp":"10.244.1.2","Port":80,"Type":"eni"}]
            ObtainIpFail                        | AddVServerGroupBackendServers     | VServerGroupId=$g;BackendServers=[{"ServerId":"eni-0af40002","ServerIp":"10.244.0.3","Port":80,"Type":"eni"}]
            InvalidBackendServers.ServerIpConflict | AddVServerGroupBackendServers  | VServerGroupId=$g;BackendServers=[{"ServerId":"eni-0af40001","ServerIp":"10.244.0.1","Port":80,"Type":"eni"}]
            InvalidParameter                    | SetVServerGroupAttribute          | VServerGroupId=$g;BackendServers=[{"ServerId":"eni-0af40002","ServerIp":"10.244.0.2","Port":80,"Type":"eni"}]
            AclNotExist                         | DeleteAccessControlList           | AclId=acl-none
            InvalidResourceId.NotFound          | TagResources                      | ResourceType=instance;ResourceId.1=lb-none;Tag.1.Key=a
            InvalidParameter                    | TagResources                      | ResourceType=dog;ResourceId.1=$b;Tag.1.Key=a
            InvalidParameter.DomainExtensionId  | DeleteDomainExtension             | DomainExtensionId=de-none
            """)
    void isRefused(String code, String action, String parameters) throws Exception {
        String before = laboratory.cloud.state().path("loadBalancers").toString();

        assertThat(laboratory.codeOf(action, pairs(parameters))).isEqualTo(code);

        assertThat(laboratory.cloud.state().path("loadBalancers").toString()).isEqualTo(before);
        assertThat(laboratory.cloud.log().calls().getLast().code()).contains(code);
    }

    private String[] pairs(@Nullable String parameters) {
        return parameters == null
                ? new String[0]
                : parameters.replace("$b", balancer).replace("$g", group).split("[;=]");
    }

    @Test
    void quotasAreKept() throws Exception {
        laboratory.cloud.limits().set(Limit.BALANCERS, 1);
        laboratory.cloud.limits().set(Limit.LISTENERS_PER_BALANCER, 1);
        laboratory.cloud.limits().set(Limit.BACKENDS_PER_BALANCER, 2);
        laboratory.cloud.limits().set(Limit.BACKENDS_PER_CALL, 2);
        String two = Laboratory.list(Laboratory.pod("10.244.0.2"), Laboratory.pod("10.244.0.3"));
        String three = two.replace("]", "," + Laboratory.pod("10.244.0.4") + "]");

        assertThat(laboratory.codeOf("CreateLoadBalancer", "InstanceChargeType", "PayByCLCU"))
                .isEqualTo("OverQuota");
        assertThat(laboratory.codeOf(
                        "CreateLoadBalancerUDPListener",
                        "LoadBalancerId",
                        balancer,
                        "ListenerPort",
                        "81",
                        "Bandwidth",
                        "-1",
                        "VServerGroupId",
                        group))
                .isEqualTo("ListenerNumberOverLimit");
        assertThat(laboratory.codeOf("AddVServerGroupBackendServers", "VServerGroupId", group, "BackendServers", two))
                .isEqualTo("InstanceBackendServerNumberOverLimit");
        assertThat(laboratory.codeOf("AddVServerGroupBackendServers", "VServerGroupId", group, "BackendServers", three))
                .isEqualTo("BackendServersNumberOverLimit");
    }

    @Test
    void eachActionHasItsBucketAndAnyCanBeTurnedOff() throws Exception {
        laboratory.cloud.limits().set(Limit.WRITES_PER_MINUTE, 2);
        for (int write = 0; write < 2; write++) {
            laboratory.call("SetLoadBalancerName", "LoadBalancerId", balancer, "LoadBalancerName", "other");
        }

        assertThat(laboratory.codeOf("SetLoadBalancerName", "LoadBalancerId", balancer, "LoadBalancerName", "other"))
                .isEqualTo("Throttling.User");
        assertThat(laboratory.codeOf("DescribeLoadBalancers")).isEqualTo("OK");
        laboratory.cloud.limits().turnOff(Limit.WRITES_PER_MINUTE);
        assertThat(laboratory.codeOf("SetLoadBalancerName", "LoadBalancerId", balancer, "LoadBalancerName", "other"))
                .isEqualTo("OK");
    }
}
