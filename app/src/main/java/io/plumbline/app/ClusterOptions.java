package io.plumbline.app;

import io.plumbline.app.Values.PodNetwork;
import io.plumbline.app.Values.PodNetworkValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/// Which cluster, and what in it is ours.
final class ClusterOptions {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "How to reach the API server. Without it: KUBECONFIG, the ServiceAccount of the Pod that this"
                    + " runs in, or ~/.kube/config.")
    private Optional<Path> kubeconfig = Optional.empty();

    @Option(
            names = "--cluster-id",
            paramLabel = "ID",
            description = "What marks this cluster's load balancers. Without it: the UID of the namespace kube-system."
                    + " Never change it while there are load balancers.")
    private String clusterId = "";

    @Option(
            names = "--claim-classless",
            paramLabel = "NAME",
            description = "Services without spec.loadBalancerClass belong to this provider.")
    private List<String> claimClassless = List.of();

    @Option(
            names = "--pod-network",
            defaultValue = "signs",
            paramLabel = "signs|vpc",
            converter = PodNetworkValue.class,
            description = "signs: a Pod is a backend itself if it shows that it has an address of its own in the VPC."
                    + " vpc: every Pod has one. Default: ${DEFAULT-VALUE}.")
    private PodNetwork podNetwork = PodNetwork.SIGNS;

    Optional<Path> kubeconfig() {
        return kubeconfig;
    }

    Optional<String> clusterId() {
        return Optional.of(clusterId).filter(id -> !id.isBlank());
    }

    SortedSet<String> classless() {
        return new TreeSet<>(claimClassless);
    }

    boolean everyPodDirect() {
        return podNetwork == PodNetwork.VPC;
    }
}
