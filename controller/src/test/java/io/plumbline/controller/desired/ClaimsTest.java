package io.plumbline.controller.desired;

import static io.plumbline.controller.snapshot.Given.DIALECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.controller.desired.Claims.Standing;
import io.plumbline.controller.snapshot.Given;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whose a Service is.
class ClaimsTest {
    /// `type class finalizers annotation status` -> standing, where classless Services are not claimed.
    @ParameterizedTest(name = "{0} -> {6}")
    @CsvSource(delimiter = '|', textBlock = """
            our class                         | LoadBalancer | plumbline.io/fake    |                                     |                         |                    | Ours
            a class of the settings           | LoadBalancer | listed.example/class |                                     |                         |                    | Ours
            no class                          | LoadBalancer |                      |                                     |                         |                    | NotOurs
            another class                     | LoadBalancer | other.example/lb     |                                     |                         |                    | NotOurs
            another type                      | ClusterIP    |                      |                                     |                         |                    | NotOurs
            type changed to NodePort          | NodePort     |                      | plumbline.io/load-balancer          |                         |                    | Released
            type changed to ClusterIP         | ClusterIP    |                      | plumbline.io/load-balancer          |                         |                    | Released
            class changed to another          | LoadBalancer | other.example/lb     | plumbline.io/load-balancer          |                         |                    | Released
            no longer claimed                 | LoadBalancer |                      | plumbline.io/load-balancer          |                         |                    | Released
            a sibling provider's own          | LoadBalancer | plumbline.io/sibling | plumbline.io/load-balancer          |                         |                    | NotOurs
            changed from us to a sibling      | LoadBalancer | plumbline.io/sibling | plumbline.io/load-balancer          | plumbline.io/provider: fake |              | Released
            changed from a sibling to us      | LoadBalancer | plumbline.io/fake    | plumbline.io/load-balancer          | plumbline.io/provider: sibling |           | AlreadyManaged
            a sibling's, of another type now  | ClusterIP    |                      | plumbline.io/load-balancer          | plumbline.io/provider: sibling |           | NotOurs
            ours, of another type now         | ClusterIP    |                      | plumbline.io/load-balancer          | plumbline.io/provider: fake |              | Released
            once a sibling's                  | LoadBalancer | plumbline.io/fake    |                                     | plumbline.io/provider: sibling |           | Ours
            another controller's finalizer    | LoadBalancer | plumbline.io/fake    | service.kubernetes.io/load-balancer-cleanup |                 |                    | AlreadyManaged
            both finalizers                   | LoadBalancer | plumbline.io/fake    | plumbline.io/load-balancer, service.example/resources |       |                    | AlreadyManaged
            any controller's, before we began | LoadBalancer | plumbline.io/fake    | backup.example/keep                 |                         |                    | AlreadyManaged
            any tool's, once we have begun    | LoadBalancer | plumbline.io/fake    | plumbline.io/load-balancer, backup.example/keep |             |                    | Ours
            garbage collection's own          | LoadBalancer | plumbline.io/fake    | foregroundDeletion                  |                         |                    | Ours
            another's id annotation           | LoadBalancer | plumbline.io/fake    |                                     | other.fake.plumbline.io/load-balancer-id |   | AlreadyManaged
            the same with our finalizer       | LoadBalancer | plumbline.io/fake    | plumbline.io/load-balancer          | other.fake.plumbline.io/load-balancer-id |   | Ours
            an address                        | LoadBalancer | plumbline.io/fake    |                                     |                         | [{ip: 192.0.2.1}]  | AlreadyManaged
            a hostname                        | LoadBalancer | plumbline.io/fake    |                                     |                         | [{hostname: a.b}]  | AlreadyManaged
            an address with our finalizer     | LoadBalancer | plumbline.io/fake    | plumbline.io/load-balancer          |                         | [{ip: 192.0.2.1}]  | Ours
            an empty entry is none            | LoadBalancer | plumbline.io/fake    |                                     |                         | [{}]               | Ours
            """)
    void standingFollowsTheService(
            String what,
            String type,
            @Nullable String loadBalancerClass,
            @Nullable String finalizers,
            @Nullable String annotation,
            @Nullable String ingress,
            String expected) {
        Standing standing = Claims.standing(
                service(type, orEmpty(loadBalancerClass), orEmpty(finalizers), orEmpty(annotation), orEmpty(ingress)),
                DIALECT,
                strict());

        assertThat(standing.getClass().getSimpleName()).isEqualTo(expected);
    }

    @Test
    void deletedServiceIsReleasedEvenWhereItIsRefused() {
        ServiceView deleted = Given.service("""
            apiVersion: v1
            kind: Service
            metadata: {name: web, deletionTimestamp: now, finalizers: [plumbline.io/load-balancer, service.example/x]}
            spec: {type: LoadBalancer, loadBalancerClass: plumbline.io/fake}
            """);

        assertThat(Claims.standing(deleted, DIALECT, strict()))
                .isEqualTo(new Standing.Released("the Service is being deleted"));
    }

    @Test
    void deletedServiceThatNeverWasOursStaysSo() {
        ServiceView deleted = Given.service("""
            apiVersion: v1
            kind: Service
            metadata: {name: web, deletionTimestamp: now}
            spec: {type: LoadBalancer, loadBalancerClass: plumbline.io/fake}
            """);

        assertThat(Claims.standing(deleted, DIALECT, strict())).isEqualTo(new Standing.NotOurs());
    }

    @Test
    void classlessServiceIsOursWhereTheSettingsSaySo() {
        assertThat(Claims.standing(Given.service(Given.web()), DIALECT, Given.settings()))
                .isEqualTo(new Standing.Ours());
        assertThat(Claims.standing(Given.service(Given.web()), DIALECT, strict()))
                .isEqualTo(new Standing.NotOurs());
    }

    @Test
    void refusalNamesWhatItSaw() {
        Standing standing = Claims.standing(
                service("LoadBalancer", "plumbline.io/fake", "service.example/resources", "", ""), DIALECT, strict());

        assertThat(standing).isInstanceOfSatisfying(Standing.AlreadyManaged.class, managed -> {
            assertThat(managed.field()).isEqualTo("metadata.finalizers");
            assertThat(managed.why()).contains("service.example/resources");
        });
    }

    private static Settings strict() {
        return new Settings(
                "cluster-1",
                "fake",
                new TreeSet<>(List.of("listed.example/class")),
                false,
                false,
                Optional.empty(),
                new TreeSet<>());
    }

    private static ServiceView service(
            String type, String loadBalancerClass, String finalizers, String annotation, String ingress) {
        return Given.service("""
            apiVersion: v1
            kind: Service
            metadata:
              name: web
              finalizers: [%s]
              annotations: {%s}
            spec:
              type: %s
              %s
            status: {loadBalancer: {ingress: %s}}
            """.formatted(
                        finalizers,
                        annotation.isEmpty() || annotation.contains(": ") ? annotation : annotation + ": x",
                        type,
                        loadBalancerClass.isEmpty() ? "" : "loadBalancerClass: " + loadBalancerClass,
                        ingress.isEmpty() ? "[]" : ingress));
    }

    /// An empty cell of the table is null.
    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
