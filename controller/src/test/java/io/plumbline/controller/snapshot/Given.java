package io.plumbline.controller.snapshot;

import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.snapshot.Manifests.Reading;
import io.plumbline.fake.FakeCloud;
import io.plumbline.fake.FakeDialect;
import io.plumbline.fake.FakeProvider;
import io.plumbline.fake.Traits;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What tests of pure code begin with: manifests, the dialect of the cloud in memory, settings.
public final class Given {
    public static final Dialect DIALECT = new FakeDialect(true);
    public static final ObjectKey WEB = ObjectKey.service("default", "web");

    private Given() {}

    public static Settings settings() {
        return settings(Optional.empty());
    }

    public static Settings settings(Optional<String> podCidr) {
        return new Settings(
                "cluster-1",
                "fake",
                new TreeSet<>(List.of("listed.example/class")),
                true,
                false,
                podCidr,
                new TreeSet<>(List.of("fake.plumbline.io/backend-ready", "fake.plumbline.io/<service>")),
                new TreeSet<>(List.of("open")));
    }

    public static Capabilities capabilities(Traits traits) {
        return new FakeProvider(new FakeCloud(traits, InstantSource.system()), CallGate.OPEN).capabilities();
    }

    public static ClusterObjects cluster(String... manifests) {
        String all = String.join("\n---\n", manifests);
        Reading reading = Manifests.read(
                List.of(Manifests.STANDARD_INPUT),
                new ByteArrayInputStream(all.getBytes(StandardCharsets.UTF_8)),
                List.of());
        return switch (reading) {
            case Reading.Read(ClusterObjects objects) -> objects;
            case Reading.Unreadable(String message) -> throw new IllegalArgumentException(message);
        };
    }

    public static ServiceView service(String manifest) {
        return cluster(manifest).services().getFirst();
    }

    /// The Service `default/web` with port 80, as its user writes it.
    public static String web() {
        return web("");
    }

    /// The same, with annotations, one a line.
    public static String web(String annotations) {
        return """
            apiVersion: v1
            kind: Service
            metadata:
              name: web
              uid: web-uid
              annotations:
                a: b
            %s
            spec:
              type: LoadBalancer
              selector: {app: web}
              ports:
              - {name: http, port: 80, targetPort: 8080, protocol: TCP}
            """.formatted(annotations.indent(4).stripTrailing());
    }

    /// A Pod of `web` on node `n1` whose containers are ready.
    public static String pod(String name, String ip) {
        return pod(name, ip, "", "status: 'True'");
    }

    /// @param more lines of the Pod itself, each without indentation
    /// @param ready of condition ContainersReady
    public static String pod(String name, String ip, String more, String ready) {
        return """
            apiVersion: v1
            kind: Pod
            metadata:
              name: %1$s
              uid: %1$s-uid
              labels: {app: web}
              annotations: {fake.plumbline.io/address: "yes"}
            %3$s
            spec:
              nodeName: n1
              containers:
              - name: main
                ports:
                - {name: web, containerPort: 8080}
            status:
              phase: Running
              podIPs: [{ip: %2$s}]
              conditions:
              - {type: ContainersReady, %4$s}
            """.formatted(name, ip, more.indent(2).stripTrailing(), ready);
    }

    /// A slice of `web` whose endpoints are Pods, each `name@address`, with port 8080 named `http`.
    public static String slice(String... podsAtAddresses) {
        StringBuilder endpoints = new StringBuilder();
        for (String podAtAddress : podsAtAddresses) {
            String[] parts = podAtAddress.split("@");
            endpoints.append(
                    "- {addresses: ['%2$s'], targetRef: {kind: Pod, name: %1$s, namespace: default, uid: %1$s-uid}}\n"
                            .formatted(parts[0], parts[1]));
        }
        return sliceOf("web-1", "IPv4", endpoints.toString());
    }

    /// @param endpoints one a line, each beginning with `-`
    public static String sliceOf(String name, String family, String endpoints) {
        return """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: %s
              labels: {kubernetes.io/service-name: web}
            addressType: %s
            ports: [{name: http, port: 8080, protocol: TCP}]
            endpoints:
            %s
            """.formatted(name, family, endpoints);
    }

    /// @param ready of condition Ready: True, False or Unknown
    public static String node(String name, String ready) {
        return """
            apiVersion: v1
            kind: Node
            metadata: {name: %1$s, labels: {pool: blue}}
            spec: {providerID: 'fake://%1$s-machine'}
            status: {conditions: [{type: Ready, status: '%2$s'}]}
            """.formatted(name, ready);
    }
}
