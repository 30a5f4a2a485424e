package io.plumbline.it.clouds.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A listener of a load balancer.
final class Listener {
    final String arn;
    final Balancer balancer;
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, String> attributes = new LinkedHashMap<>();
    String protocol;
    int port;
    List<Forward> forwards = List.of();
    List<String> certificates = List.of();
    List<String> extraCertificates = List.of();
    String sslPolicy = "";
    List<String> alpn = List.of();

    Listener(String arn, Balancer balancer, String protocol, int port) {
        this.arn = arn;
        this.balancer = balancer;
        this.protocol = protocol;
        this.port = port;
    }

    /// A target group and its share of the traffic.
    record Forward(String targetGroupArn, int weight) {}

    /// The pool's name in the change log and in the data plane: `<balancer>/<listener>`.
    String pool() {
        return balancer.path() + arn.substring(arn.lastIndexOf('/'));
    }
}
