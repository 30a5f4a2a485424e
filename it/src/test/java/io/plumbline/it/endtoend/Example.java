package io.plumbline.it.endtoend;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.plumbline.it.clouds.BalancerView;
import io.plumbline.it.clouds.BalancerView.ListenerView;
import io.plumbline.it.clouds.BalancerView.TargetView;
import io.plumbline.it.cluster.Waiting;
import io.plumbline.it.cluster.Workloads;
import io.plumbline.it.laboratory.Annotations;
import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The shipped example in a namespace of its own, and what is to be seen of it in the cluster and in the cloud.
///
/// @param service its Service's name
/// @param deployment its Deployment's name
record Example(Laboratory laboratory, String namespace, String service, String deployment) {
    static final Duration LIMIT = Duration.ofMinutes(2);
    static final String GATE = "plumbline.io/load-balancer-ready";

    /// The port of [#withDatagrams].
    static final int DATAGRAMS = 5353;

    private static final String APP = "nginx";
    private static final int PORT = 80;
    private static final Map<String, String> GATED = Map.of("plumbline.io/readiness-gate", "enabled");
    private static final Map<String, String> LINGERING = Map.of("plumbline.io/pre-stop-sleep-seconds", "5");

    /// Exactly as shipped.
    static Example asShipped(Laboratory laboratory, String namespace) {
        return apply(laboratory, namespaced(namespace, Map.of(), Map.of()), service -> {}, deployment -> {});
    }

    /// With readiness gates from the webhook and a health check every 5 s, 2 to pass; rolls with maxUnavailable
    /// 0.
    static Example gated(Laboratory laboratory, String namespace) {
        return gated(laboratory, namespace, Map.of());
    }

    /// As [#gated(Laboratory, String)], with annotations of the namespace and further wishes of the Service.
    static Example gated(
            Laboratory laboratory, String namespace, Map<String, String> namespaceAnnotations, Wish... wishes) {
        return apply(
                laboratory,
                namespaced(namespace, GATED, namespaceAnnotations),
                service -> checkQuickly(laboratory, service, wishes),
                Example::rollByOne);
    }

    /// As [#gated(Laboratory, String)], but the gates are written in the Pod template: no webhook is needed.
    static Example gatedInTemplate(Laboratory laboratory, String namespace) {
        return apply(
                laboratory,
                namespaced(namespace, Map.of(), Map.of()),
                service -> checkQuickly(laboratory, service),
                deployment -> {
                    rollByOne(deployment);
                    deployment.getSpec().getTemplate().getSpec().setReadinessGates(List.of(new PodReadinessGate(GATE)));
                });
    }

    /// Behind node ports, with quick checks; its Pods serve on for 5 s when they are deleted, and roll with
    /// maxUnavailable 0. They spread evenly over the nodes.
    static Example onNodes(Laboratory laboratory, String namespace, Wish... wishes) {
        return apply(
                laboratory,
                namespaced(namespace, Map.of(), Map.of()),
                service -> checkQuickly(
                        laboratory,
                        service,
                        Stream.concat(Stream.of(Wish.NODE_PORTS), Stream.of(wishes))
                                .toArray(Wish[]::new)),
                deployment -> {
                    rollByOne(deployment);
                    lingerAndSpread(deployment);
                });
    }

    /// With Pods as members of a listener on this port of a load balancer that somebody else made.
    static Example onBorrowed(Laboratory laboratory, String namespace, Annotations existing, int port) {
        return apply(
                laboratory,
                namespaced(namespace, Map.of(), Map.of()),
                service -> {
                    checkQuickly(laboratory, service);
                    existing.applyTo(service.getMetadata().getAnnotations());
                    service.getSpec().getPorts().getFirst().setPort(port);
                },
                deployment -> {});
    }

    /// As [#careful], with a port more: UDP, which its Pods echo. They listen there by TCP too, as a cloud may check
    /// by TCP only.
    static Example withDatagrams(Laboratory laboratory, String namespace) {
        return apply(
                laboratory,
                namespaced(namespace, GATED, LINGERING),
                service -> {
                    checkQuickly(laboratory, service, Wish.DRAIN);
                    service.getSpec()
                            .getPorts()
                            .add(new ServicePortBuilder()
                                    .withName("echo")
                                    .withProtocol("UDP")
                                    .withPort(DATAGRAMS)
                                    .withNewTargetPort(DATAGRAMS)
                                    .build());
                },
                deployment -> {
                    rollByOne(deployment);
                    Stream.of("UDP", "TCP")
                            .forEach(protocol -> firstContainer(deployment)
                                    .getPorts()
                                    .add(new ContainerPortBuilder()
                                            .withContainerPort(DATAGRAMS)
                                            .withProtocol(protocol)
                                            .build()));
                });
    }

    private static Container firstContainer(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().getFirst();
    }

    /// Direct, gated, drained, and with that preStop sleep: what a user does who wants to lose nothing.
    static Example careful(Laboratory laboratory, String namespace) {
        return gated(laboratory, namespace, LINGERING, Wish.DRAIN);
    }

    private static void lingerAndSpread(Deployment deployment) {
        Map<String, String> labels = deployment.getSpec().getSelector().getMatchLabels();
        deployment
                .getSpec()
                .setTemplate(new PodTemplateSpecBuilder(deployment.getSpec().getTemplate())
                        .editSpec()
                        .addNewTopologySpreadConstraint()
                        .withMaxSkew(1)
                        .withTopologyKey("kubernetes.io/hostname")
                        .withWhenUnsatisfiable("ScheduleAnyway")
                        .withNewLabelSelector()
                        .withMatchLabels(labels)
                        .endLabelSelector()
                        .endTopologySpreadConstraint()
                        .editFirstContainer()
                        .withNewLifecycle()
                        .withNewPreStop()
                        .withNewSleep(5L)
                        .endPreStop()
                        .endLifecycle()
                        .endContainer()
                        .endSpec()
                        .build());
    }

    private static Namespace namespaced(String name, Map<String, String> labels, Map<String, String> annotations) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .build();
    }

    private static Example apply(
            Laboratory laboratory,
            Namespace namespace,
            Consumer<Service> ofService,
            Consumer<Deployment> ofDeployment) {
        String name = namespace.getMetadata().getName();
        String folder = "/manifests/examples/" + laboratory.kind().name() + "-direct/";
        laboratory.cluster().apply(namespace);
        Service service =
                (Service) laboratory.objects(folder + "1-service.yaml", name).getFirst();
        Deployment deployment = (Deployment)
                laboratory.objects(folder + "2-deployment.yaml", name).getFirst();
        ofService.accept(service);
        ofDeployment.accept(deployment);
        laboratory.cluster().apply(service);
        laboratory.cluster().apply(deployment);
        return new Example(
                laboratory,
                name,
                service.getMetadata().getName(),
                deployment.getMetadata().getName());
    }

    private static void checkQuickly(Laboratory laboratory, Service service, Wish... wishes) {
        String namespace = service.getMetadata().getNamespace();
        laboratory.kind().quickCheckFiles().forEach(file -> laboratory.apply(file, namespace));
        Stream.concat(Stream.of(Wish.QUICK_CHECKS), Stream.of(wishes))
                .forEach(wish -> laboratory
                        .kind()
                        .annotations(wish)
                        .applyTo(service.getMetadata().getAnnotations()));
    }

    private static void rollByOne(Deployment deployment) {
        deployment
                .getSpec()
                .setStrategy(Workloads.deployment("any", "any", 1).getSpec().getStrategy());
    }

    /// The Service as it is, if it is there.
    Optional<Service> found() {
        return Optional.ofNullable(laboratory
                .cluster()
                .client()
                .services()
                .inNamespace(namespace)
                .withName(service)
                .get());
    }

    /// The Service as it is.
    Service now() {
        return found().orElseThrow();
    }

    /// Its Pods, those that leave included.
    List<Pod> pods() {
        return laboratory.cluster().workloads().pods(namespace, APP);
    }

    List<String> podNames() {
        return pods().stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    /// The addresses of its Pods as backends.
    List<String> podBackends() {
        return podBackends(APP);
    }

    /// The addresses of the Pods with this label `app` as backends.
    List<String> podBackends(String app) {
        return laboratory.cluster().workloads().pods(namespace, app).stream()
                .map(pod -> pod.getStatus().getPodIP() + ":" + PORT)
                .sorted()
                .toList();
    }

    /// The node port of its first port.
    int nodePort() {
        return now().getSpec().getPorts().getFirst().getNodePort();
    }

    /// These nodes as backends.
    List<String> nodeBackends(Collection<String> nodes) {
        return laboratory.cluster().nodes().machines().stream()
                .filter(machine -> nodes.contains(machine.name()))
                .map(machine -> machine.address() + ":" + nodePort())
                .sorted()
                .toList();
    }

    /// Its Pods' nodes as backends.
    List<String> podNodeBackends() {
        return nodeBackends(
                pods().stream().map(pod -> pod.getSpec().getNodeName()).toList());
    }

    /// Waits until just these nodes serve.
    void awaitNodes(Collection<String> nodes) {
        waitFor(
                "just " + nodes + " to serve",
                () -> bound().equals(nodeBackends(nodes)) && serving().equals(nodeBackends(nodes)));
    }

    void scale(int replicas) {
        laboratory.cluster().workloads().scale(namespace, deployment, replicas);
    }

    void roll() {
        laboratory.cluster().workloads().roll(namespace, deployment);
    }

    /// Sets an annotation of the Service.
    void annotate(String key, String value) {
        annotate(Annotations.of(key, value));
    }

    /// Takes an annotation from the Service.
    void annotateNoMore(String key) {
        annotate(Annotations.without(key));
    }

    /// Says in annotations what the Service now wants.
    void want(Wish... wishes) {
        Stream.of(wishes).map(laboratory.kind()::annotations).forEach(this::annotate);
    }

    /// Changes the Service's annotations.
    void annotate(Annotations change) {
        edit(service -> {
            Map<String, String> annotations =
                    new TreeMap<>(service.getMetadata().getAnnotations());
            change.applyTo(annotations);
            return new ServiceBuilder(service)
                    .editMetadata()
                    .withAnnotations(annotations)
                    .endMetadata()
                    .build();
        });
    }

    /// Changes the Service.
    void edit(UnaryOperator<Service> change) {
        Edits.untilTaken(() -> laboratory
                .cluster()
                .client()
                .services()
                .inNamespace(namespace)
                .withName(service)
                .edit(change));
    }

    /// As `kubectl patch service`.
    void patch(String patch) {
        laboratory
                .cluster()
                .client()
                .services()
                .inNamespace(namespace)
                .withName(service)
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);
    }

    void delete() {
        laboratory
                .cluster()
                .client()
                .services()
                .inNamespace(namespace)
                .withName(service)
                .delete();
    }

    /// What `status.loadBalancer` says.
    Optional<LoadBalancerIngress> ingress() {
        return found().flatMap(found ->
                found.getStatus().getLoadBalancer().getIngress().stream().findFirst());
    }

    /// A condition of the Service.
    Optional<Condition> condition(String type) {
        return found().stream()
                .flatMap(found -> Optional.ofNullable(found.getStatus().getConditions()).stream()
                        .flatMap(List::stream))
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    /// Whether a condition has this status.
    boolean is(String type, String status) {
        return condition(type).filter(found -> found.getStatus().equals(status)).isPresent();
    }

    /// Whether condition Ready is False, in a message with each of these words.
    boolean isTold(Collection<String> words) {
        return condition("Ready")
                .filter(condition -> condition.getStatus().equals("False"))
                .filter(condition -> words.stream().allMatch(condition.getMessage()::contains))
                .isPresent();
    }

    /// The events about the Service.
    List<Event> events() {
        return laboratory.cluster().client().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> service.equals(event.getInvolvedObject().getName()))
                .toList();
    }

    /// The balancers that carry the mark of this Service's UID.
    List<BalancerView> balancers(String uid) {
        return laboratory.cloud().balancers().stream()
                .filter(balancer -> balancer.tags().containsValue(uid))
                .toList();
    }

    String uid() {
        return now().getMetadata().getUid();
    }

    /// Its balancer, which must be the only one.
    Optional<BalancerView> balancer() {
        List<BalancerView> all = balancers(uid());
        if (all.size() > 1) {
            throw new IllegalStateException("two balancers for one Service: " + all);
        }
        return all.stream().findFirst();
    }

    /// Its listener for port 80, if there is one.
    Optional<ListenerView> listener() {
        return balancer().stream()
                .flatMap(balancer -> balancer.listeners().stream())
                .filter(listener -> listener.port() == PORT)
                .findFirst();
    }

    /// Who is bound to it by the cloud's control plane, sorted.
    List<String> bound() {
        return listener().stream()
                .flatMap(listener -> listener.targets().stream())
                .map(TargetView::name)
                .sorted()
                .toList();
    }

    /// Where its clients go, as `status.loadBalancer` says.
    Optional<String> address() {
        return ingress().flatMap(laboratory::vip);
    }

    /// Who serves at this address, sorted, whichever of its balancers has it.
    List<String> serving(String vip) {
        return balancers(uid()).stream()
                .filter(balancer -> balancer.vip().equals(vip))
                .flatMap(balancer -> balancer.listeners().stream())
                .flatMap(listener -> listener.targets().stream())
                .filter(TargetView::serving)
                .map(TargetView::name)
                .sorted()
                .toList();
    }

    /// Who gets new connections now.
    List<String> serving() {
        return listener()
                .map(listener -> laboratory.cloud().log().serving(listener.pool()))
                .filter(entries -> !entries.isEmpty())
                .map(entries -> entries.getLast().healthy())
                .orElseGet(List::of);
    }

    /// What its pool has served with since then.
    PoolHistory history(Instant begin) {
        return PoolHistory.since(begin, laboratory.cloud().log(), pool());
    }

    /// Its pool's name in the change log.
    String pool() {
        return listener().orElseThrow().pool();
    }

    /// Waits until just these Pods are there, so many, and all of them serve.
    void awaitServing(int replicas) {
        awaitServing(APP, replicas);
    }

    /// The same for the Pods with this label `app`.
    void awaitServing(String app, int replicas) {
        waitFor(replicas + " Pods to serve", () -> {
            List<String> wanted = podBackends(app);
            return wanted.size() == replicas && serving().equals(wanted) && bound().equals(wanted);
        });
    }

    /// Waits until just these Pods are there, so many, and all of them are bound; whether they are healthy yet or
    /// not.
    void awaitBound(int replicas) {
        waitFor(replicas + " Pods to be bound", () -> bound().size() == replicas && bound().equals(podBackends()));
    }

    /// Waits until the new Pods are available, the old ones are gone, and all of them serve.
    void awaitRolledOut(int replicas) {
        try {
            laboratory.cluster().workloads().awaitRolledOut(namespace, deployment, LIMIT);
        } catch (IllegalStateException late) {
            throw new IllegalStateException(late.getMessage() + "; " + told(), late);
        }
        awaitServing(replicas);
    }

    /// Waits for a state; says what was there instead.
    void waitFor(String what, BooleanSupplier state) {
        try {
            Waiting.until(namespace + ": " + what, LIMIT, state);
        } catch (IllegalStateException late) {
            throw new IllegalStateException(late.getMessage() + "; " + told(), late);
        }
    }

    private String told() {
        Stream<String> conditions = found().stream()
                .flatMap(found -> Optional.ofNullable(found.getStatus().getConditions()).stream()
                        .flatMap(List::stream))
                .map(condition -> condition.getType() + "=" + condition.getStatus() + " " + condition.getReason() + ": "
                        + condition.getMessage());
        Stream<String> pods = pods().stream().map(Example::told);
        Stream<String> events = events().stream().map(event -> event.getReason() + ": " + event.getMessage());
        return String.join(
                "\n",
                Stream.of(
                                Stream.of("serving " + serving() + ", bound " + bound()),
                                conditions,
                                pods,
                                events,
                                Stream.of(laboratory.cloud().balancers().toString()))
                        .flatMap(lines -> lines)
                        .toList());
    }

    private static String told(Pod pod) {
        return pod.getMetadata().getName() + " " + pod.getStatus().getPodIP() + " "
                + pod.getMetadata().getDeletionTimestamp() + " "
                + pod.getStatus().getConditions().stream()
                        .map(condition -> condition.getType() + "=" + condition.getStatus())
                        .toList();
    }
}
