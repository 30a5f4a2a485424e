package io.plumbline.it.clouds.aws;

import static io.plumbline.it.clouds.aws.Laboratory.code;
import static io.plumbline.it.clouds.aws.Laboratory.listening;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/// Certificates, tags, attributes and pages.
class OtherServicesTest {
    private final Laboratory laboratory = new Laboratory();

    @Test
    void aTlsListenerHasCertificates() {
        AcmClient acm = laboratory.acm();
        String certificate =
                acm.listCertificates().certificateSummaryList().getFirst().certificateArn();
        String group = laboratory.group("web");
        String listener = laboratory
                .elb
                .createListener(listening(laboratory.balancer("web"), ProtocolEnum.TLS, 443, group)
                        .certificates(certificate(certificate))
                        .alpnPolicy("HTTP2Preferred")
                        .build())
                .listeners()
                .getFirst()
                .listenerArn();

        assertThat(laboratory
                        .elb
                        .describeListenerCertificates(request -> request.listenerArn(listener))
                        .certificates())
                .singleElement()
                .satisfies(only -> assertThat(only.isDefault()).isTrue());
        assertThat(acm.describeCertificate(request -> request.certificateArn(certificate))
                        .certificate()
                        .inUseBy())
                .hasSize(1);
        assertThat(code(() -> acm.deleteCertificate(request -> request.certificateArn(certificate))))
                .isEqualTo("ResourceInUseException");
        assertThat(code(() -> acm.describeCertificate(request -> request.certificateArn(certificate + "9"))))
                .isEqualTo("ResourceNotFoundException");
        assertThat(code(() -> laboratory.elb.removeListenerCertificates(
                        request -> request.listenerArn(listener).certificates(certificate(certificate)))))
                .isEqualTo("OperationNotPermitted");
    }

    private static Certificate certificate(String arn) {
        return Certificate.builder().certificateArn(arn).build();
    }

    @Test
    void taggedThingsAreFoundByTheirTags() {
        String group = laboratory.group(
                "web",
                request -> request.tags(Tag.builder().key("owner").value("a").build()));
        laboratory.group(
                "other",
                request -> request.tags(Tag.builder().key("owner").value("b").build()));

        assertThat(laboratory
                        .tagging()
                        .getResources(request -> request.resourceTypeFilters("elasticloadbalancing:targetgroup")
                                .tagFilters(TagFilter.builder()
                                        .key("owner")
                                        .values("a")
                                        .build()))
                        .resourceTagMappingList())
                .extracting(ResourceTagMapping::resourceARN)
                .containsExactly(group);
        laboratory.elb.addTags(request -> request.resourceArns(group)
                .tags(Tag.builder().key("owner").value("c").build()));
        laboratory.elb.removeTags(request -> request.resourceArns(group).tagKeys("nothing"));
        assertThat(laboratory
                        .elb
                        .describeTags(request -> request.resourceArns(group))
                        .tagDescriptions())
                .flatExtracting(TagDescription::tags)
                .containsExactly(Tag.builder().key("owner").value("c").build());
    }

    @Test
    void attributesHaveTheirDocumentedDefaults() {
        String group = laboratory.group("web");
        String balancer = laboratory.balancer("web", request -> request.scheme("internal"));

        assertThat(laboratory
                        .elb
                        .describeTargetGroupAttributes(request -> request.targetGroupArn(group))
                        .attributes())
                .anyMatch(attribute -> attribute.key().equals("deregistration_delay.timeout_seconds")
                        && attribute.value().equals("300"))
                .anyMatch(attribute -> attribute.key().equals("preserve_client_ip.enabled")
                        && attribute.value().equals("false"));
        assertThat(laboratory
                        .elb
                        .describeLoadBalancerAttributes(request -> request.loadBalancerArn(balancer))
                        .attributes())
                .anyMatch(attribute -> attribute.key().equals("load_balancing.cross_zone.enabled")
                        && attribute.value().equals("false"));
        assertThat(laboratory.elb.describeAccountLimits().limits()).isNotEmpty();
        assertThat(laboratory.elb.describeSSLPolicies().sslPolicies()).isNotEmpty();
    }

    @Test
    void longListsComeInPages() {
        List.of("a", "b", "c", "d", "e").forEach(laboratory::group);

        assertThat(laboratory.elb.describeTargetGroupsPaginator(request -> request.pageSize(2)).stream())
                .hasSize(3);
        assertThat(laboratory
                        .elb
                        .describeTargetGroupsPaginator(request -> request.pageSize(2))
                        .targetGroups())
                .hasSize(5);
    }

    @Test
    void aRuleOfAListenerIsItsDefaultAction() {
        String group = laboratory.group("web");
        String listener = laboratory.listener(laboratory.balancer("web"), ProtocolEnum.TCP, 80, group);

        assertThat(laboratory
                        .elb
                        .describeRules(request -> request.listenerArn(listener))
                        .rules())
                .singleElement()
                .satisfies(rule ->
                        assertThat(rule.actions().getFirst().targetGroupArn()).isEqualTo(group));
    }
}
