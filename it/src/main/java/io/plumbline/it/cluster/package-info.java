/// A real Kubernetes cluster on loopback for tests and the demo: etcd, kube-apiserver, kube-controller-manager and
/// kube-scheduler as released, simulated nodes, and a small kubelet whose Pods are real servers.
///
/// Input: a [io.plumbline.it.cluster.ClusterShape] and Kubernetes objects. Output: a Kubernetes client, kubeconfig
/// files, and Pods that answer on 127/8 (see [io.plumbline.it.cluster.kubelet.Loopback]).
///
/// Must not: leave a process behind, listen outside 127/8, or know a cloud's API.
///
/// ```java
/// try (Cluster cluster = Cluster.start(ClusterShape.ofNodes(3))) {
///     cluster.namespace("web");                                     // waits for its default ServiceAccount
///     cluster.apply(Path.of("manifests/example.yaml"));             // server-side apply
///     cluster.workloads().deploy("web", "shop", 3);                 // label app=shop, container port 80
///     cluster.workloads().awaitRolledOut("web", "shop", Duration.ofMinutes(1));
///     Pod pod = cluster.workloads().pods("web", "shop").getFirst();
///     InetSocketAddress place = Loopback.place(pod.getStatus().getPodIP(), 80).orElseThrow();  // 127.44.a.b
///     InetSocketAddress door = Loopback.place("10.0.0.1", 31234).orElseThrow();  // a node port on 127.10.0.1
///     Network vpc = Network.asking(cluster.kubelet()::holds);       // what a simulated cloud knows of the Pods
///     cluster.kubelet().crash("web", pod.getMetadata().getName(), Duration.ofSeconds(3));
///     cluster.kubelet().reuseAddresses();                           // the next Pod gets the address of the last
///     gone
///     cluster.workloads().roll("web", "shop");                      // as kubectl rollout restart
///     cluster.workloads().scale("web", "shop", 50);
///     cluster.workloads().evict("web", pod.getMetadata().getName());
///     cluster.nodes().silence("node-2");                            // heartbeats stop, as of a lost node
///     cluster.nodes().resume("node-2");
///     cluster.nodes().label("node-2", "role", "ingress");           // also taint, cordon, unready, delete, add
///     cluster.workloads().drain("node-2", Duration.ofMinutes(1));   // as kubectl drain: cordon, evict, wait
///     Path asController = cluster.kubeconfig("kube-system", "plumbline", cluster.server());
///     cluster.route("kube-system", "plumbline-webhook", 443, webhookAddress);  // clientConfig.service works
/// unmodified
///     try (ApiServerProxy proxy = cluster.proxy()) {                // for a controller: kubeconfig(.., ..,
/// proxy.server())
///         proxy.fault("pods", new Fault.Empty());                   // LIST: nothing, WATCH: silent, GET by
///         name: true
///         proxy.fault("endpointslices", new Fault.Old(proxy.moment()));
///         proxy.fault("pods", new Fault.Pass());
///     }
///     cluster.restartApiServer();                                   // SIGKILL, then ready again
/// }
/// ```
@NullMarked
package io.plumbline.it.cluster;

import org.jspecify.annotations.NullMarked;
