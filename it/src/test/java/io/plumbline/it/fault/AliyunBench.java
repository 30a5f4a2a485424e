package io.plumbline.it.fault;

import io.plumbline.it.virtual.Samples;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ServiceView;
import io.plumbline.spi.objects.ServiceView.Condition;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A Service with annotations of this cloud, and what its load balancer shows in the end, told by the cloud itself.
final class AliyunBench {
    static final String PREFIX = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";

    final Stage stage = new Stage("aliyun").withPods(1, 2);
    final AliyunFaultyCloud cloud = (AliyunFaultyCloud) stage.cloud;
    private final Map<String, String> given = new TreeMap<>();

    /// Keys without their prefix, and values.
    static Map<String, String> annotations(String... keysAndValues) {
        Map<String, String> annotations = new TreeMap<>();
        for (int place = 0; place < keysAndValues.length; place += 2) {
            annotations.put(PREFIX + keysAndValues[place], keysAndValues[place + 1]);
        }
        return annotations;
    }

    /// `key=value;key=value`
    static Map<String, String> listed(String text) {
        Map<String, String> annotations = new TreeMap<>();
        Arrays.stream(text.split(";"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> annotations.put(PREFIX + pair[0], pair[1]));
        return annotations;
    }

    /// The Service with just these annotations beside those that make Pods its backends. One that is given no more is
    /// empty, which is as good as absent.
    void put(int ports, Map<String, String> annotations) {
        stage.withService(ports, all(annotations));
    }

    private Map<String, String> all(Map<String, String> annotations) {
        given.replaceAll((key, value) -> "");
        given.putAll(annotations);
        return given;
    }

    /// The same, for as long as it takes.
    AliyunBench with(int ports, Map<String, String> annotations) {
        put(ports, annotations);
        stage.settle();
        return this;
    }

    /// The same with port 80 of UDP.
    AliyunBench withUdp(Map<String, String> annotations) {
        Map<String, String> all = new TreeMap<>(cloud.serviceAnnotations());
        all.putAll(all(annotations));
        ServiceView shop = Samples.service(cloud.name(), 1, all);
        return with(new ServiceView(
                shop.metadata(),
                shop.type(),
                shop.loadBalancerClass(),
                shop.selector(),
                List.of(new ServiceView.Port("p80", Transport.UDP, 80, "80", Optional.empty(), Optional.empty())),
                shop.traffic(),
                shop.ipFamilies(),
                shop.addresses(),
                shop.conditions()));
    }

    AliyunBench with(ServiceView service) {
        stage.cluster.put(service);
        stage.settle();
        return this;
    }

    /// The Service of one port, to which only these may connect.
    ServiceView to(List<String> sourceRanges, Map<String, String> annotations) {
        Map<String, String> all = new TreeMap<>(cloud.serviceAnnotations());
        all.putAll(all(annotations));
        ServiceView shop = Samples.service(cloud.name(), 1, all);
        return new ServiceView(
                shop.metadata(),
                shop.type(),
                shop.loadBalancerClass(),
                shop.selector(),
                shop.ports(),
                new ServiceView.Traffic("Cluster", false, Optional.empty(), sourceRanges, "None", false),
                shop.ipFamilies(),
                shop.addresses(),
                shop.conditions());
    }

    /// A setting of the listener on that port, as the cloud shows it; empty where it shows none.
    String listener(int port, String field) {
        Map<?, ?> shown = cloud.listener(port);
        String protocol = String.valueOf(shown.get("ListenerProtocol")).toUpperCase(java.util.Locale.ROOT);
        Map<?, ?> config = (Map<?, ?>)
                Optional.ofNullable(shown.get(protocol + "ListenerConfig")).orElseThrow();
        return Optional.ofNullable(config.get(field))
                .or(() -> Optional.ofNullable(shown.get(field)))
                .map(String::valueOf)
                .orElse("");
    }

    /// A setting of the load balancer itself.
    String balancer(String field) {
        return Optional.ofNullable(cloud.balancer().get(field))
                .map(String::valueOf)
                .orElse("");
    }

    /// What is written in this much time of rest.
    int writesIn(Duration duration) {
        int before = cloud.writesTried().size();
        stage.world.runFor(duration);
        return cloud.writesTried().size() - before;
    }

    /// What one of the Service's conditions says.
    String message(String type) {
        return stage.service().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .map(Condition::message)
                .findFirst()
                .orElse("");
    }

    /// The id of a certificate of the user's own.
    String certificate() {
        SelfSigned own = SelfSigned.of("shop.example.com");
        return String.valueOf(cloud.byHand(
                        "UploadServerCertificate",
                        Map.of("ServerCertificate", own.certificate(), "PrivateKey", own.privateKey()))
                .get("ServerCertificateId"));
    }
}
