package io.plumbline.it.endtoend;

import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud;
import io.plumbline.it.laboratory.LaboratoryClouds;
import java.util.List;

final class AwsUnderTest implements CloudUnderTest {
    private static final String NLB = "service.beta.kubernetes.io/aws-load-balancer-";

    @Override
    public LaboratoryCloud kind() {
        return LaboratoryClouds.named("aws");
    }

    @Override
    public Stranger stranger(Laboratory laboratory) {
        return new AwsStranger(laboratory);
    }

    @Override
    public String registration() {
        return "RegisterTargets";
    }

    @Override
    public String misspeltKey() {
        return NLB + "schema";
    }

    @Override
    public List<Bad> badInput() {
        return List.of(
                new Bad(NLB + "nlb-target-type", "pods", List.of("must be instance or ip", "\"pods\"")),
                new Bad(NLB + "scheme", "public", List.of("internal or internet-facing", "\"public\"")),
                new Bad(NLB + "healthcheck-interval", "4", List.of("from 5 to 300", "\"4\"")),
                new Bad(NLB + "healthcheck-healthy-threshold", "two", List.of("from 2 to 10", "\"two\"")),
                new Bad(NLB + "healthcheck-path", "healthz", List.of("must begin with /", "\"healthz\"")),
                new Bad(NLB + "attributes", "cross-zone", List.of("key=value", "\"cross-zone\"")),
                new Bad(
                        NLB + "target-group-attributes",
                        "deregistration_delay.timeout_seconds=3601",
                        List.of("from 0 to 3600", "\"3601\"")),
                new Bad(NLB + "ssl-cert", "my-certificate", List.of("ARNs of ACM or IAM", "\"my-certificate\"")),
                new Bad(NLB + "ssl-ports", "80", List.of("TLS without a certificate", NLB + "ssl-cert")),
                new Bad(NLB + "ip-address-type", "ipv6", List.of("ipv4 or dualstack", "\"ipv6\"")),
                new Bad(NLB + "colour", "blue", List.of("not a known annotation")),
                new Bad("plumbline.io/repalce", "allow", List.of("not a known annotation")));
    }
}
