package io.plumbline.controller.desired;

import io.plumbline.controller.snapshot.ClusterSnapshot.ServiceClaim;
import io.plumbline.spi.Dialect.Interpretation;
import io.plumbline.spi.Dialect.PortWishes;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.ListenerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.NodeView;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// One Service's part in a load balancer.
///
/// @param reading what its annotations say
/// @param released it takes part no more: what it has here goes
record Part(
        ServiceClaim claim, Mark mark, Interpretation reading, boolean released, SortedMap<String, NodeView> nodes) {

    ServiceView service() {
        return claim.service();
    }

    Claimant claimant() {
        boolean replaceAllowed =
                "allow".equals(service().metadata().annotations().get(Settings.REPLACE_ANNOTATION));
        return new Claimant(
                mark,
                service().metadata().created(),
                replaceAllowed,
                released,
                reading.wishes().deletionProtection().asOptional().isPresent(),
                reading.publishing());
    }

    Optional<NodeView> node(Optional<String> name) {
        return name.flatMap(key -> Optional.ofNullable(nodes.get(key)));
    }

    Problem problem(String field, String message, String reason) {
        return new Problem(service().key(), field, message, reason);
    }

    /// One of its ports, with everybody who might serve it.
    record Port(
            Part part, int index, PortWishes wishes, ListenerKey listener, PoolKey pool, List<Candidate> candidates) {
        Port {
            candidates = List.copyOf(candidates);
        }

        ServiceView.Port port() {
            return part.service().ports().get(index);
        }

        Transport transport() {
            return listener.transport();
        }

        /// `spec.ports[1].targetPort`.
        String field(String name) {
            return "spec.ports[" + index + "]" + (name.isEmpty() ? "" : "." + name);
        }

        /// `tcp/443 (https)`.
        String words() {
            return listener.name() + (port().name().isEmpty() ? "" : " (" + port().name() + ")");
        }
    }

    /// Something, and what must be said about it.
    record Noted<T>(T value, List<Problem> problems) {
        Noted {
            problems = List.copyOf(problems);
        }
    }
}
