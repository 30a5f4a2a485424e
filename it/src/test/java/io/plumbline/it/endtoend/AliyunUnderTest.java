package io.plumbline.it.endtoend;

import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud;
import io.plumbline.it.laboratory.LaboratoryClouds;
import java.util.List;

final class AliyunUnderTest implements CloudUnderTest {
    private static final String KUBERNETES = "service.beta.kubernetes.io/";
    private static final String CLB = KUBERNETES + "alibaba-cloud-loadbalancer-";
    private static final String ALIAS = KUBERNETES + "alicloud-loadbalancer-";

    @Override
    public LaboratoryCloud kind() {
        return LaboratoryClouds.named("aliyun");
    }

    @Override
    public Stranger stranger(Laboratory laboratory) {
        return new AliyunStranger(laboratory);
    }

    @Override
    public String registration() {
        return "AddVServerGroupBackendServers";
    }

    @Override
    public String misspeltKey() {
        return CLB + "adress-type";
    }

    @Override
    public List<Bad> badInput() {
        return List.of(
                new Bad(KUBERNETES + "backend-type", "ENI", List.of("must be eni or ecs", "\"ENI\"")),
                new Bad(CLB + "address-type", "private", List.of("internet or intranet", "\"private\"")),
                new Bad(ALIAS + "scheduler", "random", List.of(ALIAS + "scheduler", "rr or wrr", "\"random\"")),
                new Bad(CLB + "health-check-interval", "0", List.of("from 1 to 50", "\"0\"")),
                new Bad(CLB + "persistence-timeout", "an hour", List.of("from 0 to 3600", "\"an hour\"")),
                new Bad(CLB + "protocol-port", "quic:80", List.of("tcp, udp, http or https")),
                new Bad(CLB + "protocol-port", "https:80", List.of("needs a certificate", "loadbalancer-cert-id")),
                new Bad(CLB + "forward-port", "80:444", List.of("no port 444")),
                new Bad(CLB + "additional-resource-tags", "team", List.of("key=value", "\"team\"")),
                new Bad(CLB + "weight", "50", List.of("has no effect without", "loadbalancer-id")),
                new Bad(CLB + "master-zoneid", "A", List.of("must be a zone", "\"A\"")),
                new Bad(CLB + "colour", "blue", List.of("not a known annotation")),
                new Bad("plumbline.io/repalce", "allow", List.of("not a known annotation")));
    }
}
