package io.plumbline.it.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.plumbline.app.Main;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.cluster.kubelet.Loopback;
import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud;
import io.plumbline.it.laboratory.LaboratoryCloud.Wish;
import io.plumbline.it.load.LoadReport;
import io.plumbline.it.load.LoadSettings;
import io.plumbline.it.load.OpenLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One namespace with the example in it.
final class Stage {
    private static final int PORT = 80;
    private static final int SLOW_EVERY = 50;
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(3);

    private final Laboratory laboratory;
    private final String namespace;
    private final Map<String, String> labels;
    private final Map<String, String> namespaceAnnotations;
    private final Wish atTheEnd;
    private String service = "";
    private String deployment = "";
    private Optional<OpenLoop> load = Optional.empty();

    private Stage(
            Laboratory laboratory,
            String namespace,
            Map<String, String> labels,
            Map<String, String> namespaceAnnotations,
            Wish atTheEnd) {
        this.laboratory = laboratory;
        this.namespace = namespace;
        this.labels = labels;
        this.namespaceAnnotations = namespaceAnnotations;
        this.atTheEnd = atTheEnd;
    }

    /// Gates and a preStop sleep, asked for by the namespace; drain, asked for by the Service.
    static Stage withGates(Laboratory laboratory) {
        return new Stage(
                laboratory,
                "with-gates",
                Map.of("plumbline.io/readiness-gate", "enabled"),
                Map.of("plumbline.io/pre-stop-sleep-seconds", "5"),
                Wish.DRAIN);
    }

    /// None of these; all else is equal.
    static Stage withoutGates(Laboratory laboratory) {
        return new Stage(laboratory, "without-gates", Map.of(), Map.of(), Wish.NO_DRAIN);
    }

    /// What `plumbline plan` says of the example.
    static String plan(LaboratoryCloud kind) {
        StringWriter printed = new StringWriter();
        try (InputStream in =
                Objects.requireNonNull(Stage.class.getResourceAsStream(example(kind) + "1-service.yaml"))) {
            Path file = Files.createTempFile("example", ".yaml");
            Files.write(file, in.readAllBytes());
            Main.commandLine()
                    .setOut(new PrintWriter(printed))
                    .execute("plan", "--provider", kind.name(), "-f", file.toString());
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return printed.toString();
    }

    private static String example(LaboratoryCloud kind) {
        return "/manifests/examples/" + kind.name() + "-direct/";
    }

    String namespace() {
        return namespace;
    }

    /// Applies the example.
    void apply(Story story) {
        laboratory
                .cluster()
                .apply(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .withLabels(labels)
                        .withAnnotations(namespaceAnnotations)
                        .endMetadata()
                        .build());
        laboratory.kind().quickCheckFiles().forEach(file -> laboratory.apply(file, namespace));
        for (String file : new String[] {"1-service.yaml", "2-deployment.yaml"}) {
            laboratory.objects(example(laboratory.kind()) + file, namespace).forEach(this::apply);
        }
        story.tell("applied the example in namespace " + namespace);
    }

    private void apply(HasMetadata object) {
        switch (object) {
            case Service found -> {
                Map<String, String> annotations = found.getMetadata().getAnnotations();
                laboratory.kind().annotations(atTheEnd).applyTo(annotations);
                laboratory.kind().annotations(Wish.QUICK_CHECKS).applyTo(annotations);
                service = found.getMetadata().getName();
            }
            case Deployment found -> deployment = found.getMetadata().getName();
            default -> {}
        }
        laboratory.cluster().apply(object);
    }

    /// Returns when the Service has an address, the Deployment is available and every Pod gets traffic.
    void awaitServing(Duration limit) {
        Waiting.until(
                namespace + "/" + service + " to have an address",
                limit,
                () -> address().isPresent());
        laboratory.cluster().workloads().awaitRolledOut(namespace, deployment, limit);
        Waiting.until(
                namespace + " to serve with every Pod",
                limit,
                () -> laboratory.healthyBackends(address().orElseThrow())
                        >= laboratory
                                .cluster()
                                .workloads()
                                .pods(namespace, "nginx")
                                .size());
    }

    /// Where clients of what `status.loadBalancer` says get to.
    Optional<String> address() {
        return Optional.ofNullable(laboratory
                        .cluster()
                        .client()
                        .services()
                        .inNamespace(namespace)
                        .withName(service)
                        .get())
                .flatMap(found -> found.getStatus().getLoadBalancer().getIngress().stream()
                        .findFirst())
                .flatMap(laboratory::vip);
    }

    void beginLoad(int requestsPerSecond) {
        load = Optional.of(OpenLoop.start(
                new LoadSettings(
                        Loopback.place(address().orElseThrow(), PORT).orElseThrow(), requestsPerSecond, SLOW_EVERY),
                LONGEST_LOAD));
    }

    LoadReport endLoad() throws InterruptedException {
        return load.orElseThrow().stop();
    }

    void roll() {
        laboratory.cluster().workloads().roll(namespace, deployment);
    }

    /// Returns when the new Pods are available and the old ones are gone.
    void awaitRolledOut(Duration limit) {
        laboratory.cluster().workloads().awaitRolledOut(namespace, deployment, limit);
        Waiting.until(
                "the old Pods of " + namespace + " to be gone",
                limit,
                () -> laboratory.cluster().workloads().pods(namespace, "nginx").stream()
                        .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null));
    }
}
