package io.plumbline.controller.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import io.plumbline.spi.objects.SliceView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Single fields, present and absent.
class ProjectionsTest {
    @Test
    void emptyObjectsProjectToDefaults() {
        ServiceView service = Projections.service(new Service());
        PodView pod = Projections.pod(new Pod());

        assertThat(service.type()).isEqualTo("ClusterIP");
        assertThat(service.traffic())
                .isEqualTo(new ServiceView.Traffic("Cluster", true, Optional.empty(), List.of(), "None", false));
        assertThat(pod.phase()).isEqualTo("Pending");
        assertThat(pod.containersReady()).isFalse();
        assertThat(Projections.slice(new EndpointSlice())).isEmpty();
    }

    @Test
    void portsGetTheirDefaultsAndUnservedProtocolsGo() {
        ServiceView service = Given.service("""
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              ports:
              - {port: 80}
              - {port: 53, protocol: UDP, targetPort: dns, nodePort: 30053, name: dns}
              - {port: 9, protocol: SCTP}
            """);

        assertThat(service.ports())
                .containsExactly(
                        new ServiceView.Port("", Transport.TCP, 80, "80", Optional.empty(), Optional.empty()),
                        new ServiceView.Port("dns", Transport.UDP, 53, "dns", Optional.of(30053), Optional.empty()));
    }

    @Test
    void statusIsReadBackAsItWasWritten() {
        ServiceView service = Given.service("""
            apiVersion: v1
            kind: Service
            metadata: {name: web, generation: 3, creationTimestamp: '2026-01-01T00:00:00Z'}
            status:
              loadBalancer: {ingress: [{}, {ip: 192.0.2.1, ipMode: VIP}, {hostname: a.example}]}
              conditions:
              - {type: Ready, status: 'True', reason: Ready, message: fine, observedGeneration: 3,
                 lastTransitionTime: '2026-01-01T00:00:05Z'}
            """);

        assertThat(service.addresses())
                .containsExactly(
                        new PublishedAddress("192.0.2.1", "", Optional.of("VIP")),
                        new PublishedAddress("", "a.example", Optional.empty()));
        assertThat(service.conditions())
                .containsExactly(new ServiceView.Condition(
                        "Ready", "True", "Ready", "fine", 3, Instant.parse("2026-01-01T00:00:05Z")));
        assertThat(service.metadata().created()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void sourceRangesComeFromTheSpecOrElseFromTheAnnotation() {
        String annotated = "apiVersion: v1\nkind: Service\nmetadata: {name: web, annotations:"
                + " {service.beta.kubernetes.io/load-balancer-source-ranges: '10.0.0.0/8, 192.0.2.0/24'}}\n";

        assertThat(Given.service(annotated).traffic().sourceRanges()).containsExactly("10.0.0.0/8", "192.0.2.0/24");
        assertThat(Given.service(annotated + "spec: {loadBalancerSourceRanges: [172.16.0.0/12]}")
                        .traffic()
                        .sourceRanges())
                .containsExactly("172.16.0.0/12");
    }

    @Test
    void podKeepsGatesPortsResourcesAndItsDisruption() {
        PodView pod = Given.cluster("""
            apiVersion: v1
            kind: Pod
            metadata: {name: web-1}
            spec:
              readinessGates: [{conditionType: b/one}, {conditionType: a/two}]
              initContainers:
              - {name: done, ports: [{name: once, containerPort: 1}]}
              - {name: sidecar, restartPolicy: Always, ports: [{name: side, containerPort: 2}]}
              containers:
              - name: main
                ports: [{name: web, containerPort: 3, protocol: UDP}, {containerPort: 4}]
                resources: {requests: {cpu: '1'}, limits: {example.com/address: '1'}}
            status:
              podIP: 10.0.0.1
              conditions:
              - {type: b/one, status: 'True'}
              - {type: DisruptionTarget, status: 'True', reason: DeletionByTaintManager}
            """).pod(ObjectKey.pod("default", "web-1")).orElseThrow();

        assertThat(pod.readinessGates())
                .containsExactly(new PodView.Gate("b/one", true), new PodView.Gate("a/two", false));
        assertThat(pod.namedPorts())
                .containsExactlyInAnyOrder(
                        new PodView.NamedPort("web", Transport.UDP, 3),
                        new PodView.NamedPort("side", Transport.TCP, 2));
        assertThat(pod.resources()).containsExactly("cpu", "example.com/address");
        assertThat(pod.ips()).containsExactly("10.0.0.1");
        assertThat(pod.disruption()).contains("DeletionByTaintManager");
    }

    @Test
    void endpointConditionsHaveTheDefaultsOfTheApi() {
        SliceView slice = Given.cluster(Given.sliceOf(
                        "web-1",
                        "IPv4",
                        "- {addresses: [10.0.0.1]}\n- {addresses: [10.0.0.2], conditions: {ready: false}}"))
                .slices(Given.WEB)
                .getFirst();

        assertThat(slice.endpoints()).extracting(SliceView.Endpoint::ready).containsExactly(true, false);
        assertThat(slice.endpoints()).extracting(SliceView.Endpoint::serving).containsExactly(true, false);
    }
}
