package io.plumbline.controller.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.ObjectKey;
import org.junit.jupiter.api.Test;

/// What belongs to a key.
class SnapshotAssemblyTest {
    @Test
    void podsAreThoseOfTheSlicesAndThoseOfTheSelector() {
        ClusterObjects cluster = Given.cluster(
                Given.web(),
                Given.slice("listed@10.0.0.1"),
                Given.pod("listed", "10.0.0.1").replace("app: web", "app: other"),
                Given.pod("selected", "10.0.0.2"),
                Given.pod("neither", "10.0.0.3").replace("app: web", "app: other"));

        assertThat(assembled(cluster).claims().getFirst().pods().keySet())
                .containsExactly(ObjectKey.pod("default", "listed"), ObjectKey.pod("default", "selected"));
    }

    @Test
    void recreatedServiceIsAnotherKey() {
        ClusterObjects cluster = Given.cluster(Given.web());
        LoadBalancerKey before = new LoadBalancerKey.Managed(Given.WEB, "an earlier UID");

        assertThat(SnapshotAssembly.of(before, cluster, Given.DIALECT).claims()).isEmpty();
        assertThat(assembled(cluster).claims()).hasSize(1);
    }

    @Test
    void nodesAreThoseOfThePodsInDirectModeAndAllElse() {
        String[] nodes = {Given.node("n1", "True"), Given.node("n2", "True"), Given.pod("web-1", "10.0.0.1")};

        assertThat(assembled(Given.cluster(Given.web(), nodes[0], nodes[1], nodes[2]))
                        .nodes()
                        .keySet())
                .containsExactly("n1");
        assertThat(assembled(Given.cluster(
                                Given.web("fake.plumbline.io/direct: 'false'"), nodes[0], nodes[1], nodes[2]))
                        .nodes()
                        .keySet())
                .containsExactly("n1", "n2");
    }

    @Test
    void everyServiceThatNamesASharedLoadBalancerTakesPart() {
        String annotation = "fake.plumbline.io/load-balancer-id: lb-1";
        ClusterObjects cluster = Given.cluster(
                Given.web(annotation),
                Given.web(annotation).replace("name: web\n", "name: api\n"),
                Given.web().replace("name: web\n", "name: alone\n"));

        ClusterSnapshot snapshot = assembled(cluster);

        assertThat(snapshot.key()).isInstanceOf(LoadBalancerKey.Managed.class);
        LoadBalancerKey shared = SnapshotAssembly.key(cluster.service(Given.WEB).orElseThrow(), Given.DIALECT);
        assertThat(SnapshotAssembly.of(shared, cluster, Given.DIALECT).claims())
                .extracting(claim -> claim.service().key().name())
                .containsExactly("api", "web");
    }

    private static ClusterSnapshot assembled(ClusterObjects cluster) {
        return SnapshotAssembly.of(
                SnapshotAssembly.key(cluster.services().getFirst(), Given.DIALECT), cluster, Given.DIALECT);
    }
}
