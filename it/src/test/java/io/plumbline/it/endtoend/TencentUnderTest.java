package io.plumbline.it.endtoend;

import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud;
import io.plumbline.it.laboratory.LaboratoryClouds;
import java.util.List;

final class TencentUnderTest implements CloudUnderTest {
    private static final String CLOUD = "service.cloud.tencent.com/";
    private static final String QCLOUD = "service.kubernetes.io/qcloud-";
    private static final String CONFIG = CLOUD + "tke-service-config";

    private static final String CONFIGS = """
            apiVersion: cloud.tencent.com/v1alpha1
            kind: TkeServiceConfig
            metadata: {name: twice, namespace: bad}
            spec:
              loadBalancer:
                l4Listeners:
                  - {protocol: TCP, port: 80, scheduler: WRR}
                  - {protocol: TCP, port: 80, scheduler: LEAST_CONN}
            ---
            apiVersion: cloud.tencent.com/v1alpha1
            kind: TkeServiceConfig
            metadata: {name: elsewhere, namespace: bad}
            spec:
              loadBalancer:
                l4Listeners:
                  - {protocol: TCP, port: 8443}
            ---
            apiVersion: cloud.tencent.com/v1alpha1
            kind: TkeServiceConfig
            metadata: {name: wrong, namespace: bad}
            spec:
              loadBalancer:
                l4Listeners:
                  - protocol: TCP
                    port: 80
                    healthCheck: {enable: true, healthNum: 99, intervalTime: 1}
            """;

    @Override
    public LaboratoryCloud kind() {
        return LaboratoryClouds.named("tencent");
    }

    @Override
    public Stranger stranger(Laboratory laboratory) {
        return new TencentStranger(laboratory);
    }

    @Override
    public String registration() {
        return "BatchRegisterTargets";
    }

    @Override
    public boolean targetsOnce() {
        return true;
    }

    @Override
    public List<String> badInputObjects() {
        return List.of(CONFIGS);
    }

    @Override
    public String misspeltKey() {
        return CLOUD + "direct-acess";
    }

    @Override
    public List<Bad> badInput() {
        return List.of(
                new Bad(CLOUD + "direct-access", "yes", List.of("must be \"true\" or \"false\"", "\"yes\"")),
                new Bad(CLOUD + "enable-grace-shutdown", "1", List.of("must be \"true\" or \"false\"", "\"1\"")),
                new Bad(
                        QCLOUD + "loadbalancer-internet-max-bandwidth-out",
                        "4096",
                        List.of("from 1 to 2048", "\"4096\"")),
                new Bad(QCLOUD + "loadbalancer-internet-max-bandwidth-out", "fast", List.of("\"fast\"")),
                new Bad(
                        QCLOUD + "loadbalancer-internet-charge-type",
                        "FREE",
                        List.of("TRAFFIC_POSTPAID_BY_HOUR", "\"FREE\"")),
                new Bad(CONFIG, "nowhere", List.of("TkeServiceConfig", "nowhere", "does not exist")),
                new Bad(CONFIG, "twice", List.of("names tcp/80 again", "remove one of the two")),
                new Bad(CONFIG, "elsewhere", List.of("names tcp/8443", "does not have")),
                new Bad(CONFIG, "wrong", List.of("healthNum", "intervalTime")),
                new Bad(CLOUD + "direct-acess", "true", List.of("not a known annotation")),
                new Bad(QCLOUD + "loadbalancer-colour", "blue", List.of("not a known annotation")),
                new Bad("plumbline.io/repalce", "allow", List.of("not a known annotation")));
    }
}
