package io.plumbline.controller.desired;

import io.plumbline.controller.desired.Membership.Verdict;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.PodView;
import io.plumbline.spi.objects.SliceView.Endpoint;
import io.plumbline.spi.objects.SliceView.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What an endpoint of a slice stands for.
///
/// Whoever may write slices in a namespace can write any address into them. So an endpoint counts by its
/// Pod, which must be of the same namespace; one that names no Pod counts only for a Service without a
/// selector, and only where the settings allow that.
final class Endpoints {
    private Endpoints() {}

    /// What `targetRef` names.
    sealed interface Naming {
        record OfPod(Target target) implements Naming {}

        record OfNobody() implements Naming {}

        /// Something that cannot be a backend of this Service.
        record OfAnother(String name) implements Naming {}
    }

    static Naming naming(Endpoint endpoint, Part part) {
        if (endpoint.target().isEmpty()) {
            return new Naming.OfNobody();
        }
        Target target = endpoint.target().get();
        ObjectKey key = target.key();
        String namespace = part.service().key().namespace();
        return key.kind().equals("Pod")
                        && (key.namespace().isEmpty() || key.namespace().equals(namespace))
                ? new Naming.OfPod(new Target(ObjectKey.pod(namespace, key.name()), target.uid()))
                : new Naming.OfAnother(key.kind() + " " + key.text());
    }

    /// The Pod that it names, where that is known and is the same one.
    static Optional<PodView> pod(Endpoint endpoint, Part part) {
        return naming(endpoint, part) instanceof Naming.OfPod(Target target)
                ? Optional.ofNullable(part.claim().pods().get(target.key()))
                        .filter(pod -> pod.uid().equals(target.uid()))
                : Optional.empty();
    }

    /// All Pods that the slices name, of whatever family and port.
    static Set<ObjectKey> named(Part part) {
        return all(part)
                .flatMap(endpoint -> naming(endpoint, part) instanceof Naming.OfPod(Target target)
                        ? Stream.of(target.key())
                        : Stream.empty())
                .collect(Collectors.toSet());
    }

    /// Whether endpoints that name no Pod count for this Service.
    static boolean addressesCount(Part part, Settings settings) {
        return part.service().selector().isEmpty()
                && (settings.selectorlessNamespaces().contains("*")
                        || settings.selectorlessNamespaces()
                                .contains(part.service().key().namespace()));
    }

    /// What is wanted of an endpoint that names no Pod: there is nothing but the slice to go by.
    static Verdict ofAddress(Endpoint endpoint, Part part) {
        if (endpoint.terminating()) {
            Intent intent = part.reading().backends().drainTerminating() ? Intent.DRAIN : Intent.REMOVE;
            return new Verdict(intent, new Reason(Reason.TERMINATING, "its slice says that it is terminating"));
        }
        return endpoint.ready()
                ? new Verdict(Intent.REGISTER, new Reason(Reason.DESIRED, "its slice says that it is ready"))
                : new Verdict(Intent.REMOVE, new Reason(Reason.NOT_READY, "its slice says that it is not ready"));
    }

    /// One problem for all endpoints that do not count.
    static List<Problem> problems(Part part, Settings settings) {
        boolean addressesCount = addressesCount(part, settings);
        List<String> addresses = addressesCount ? List.of() : addresses(part, Naming.OfNobody.class::isInstance);
        List<String> others = addresses(part, Naming.OfAnother.class::isInstance);
        return Stream.concat(
                        addresses.isEmpty() ? Stream.empty() : Stream.of(ofNobody(part, addresses)),
                        others.isEmpty() ? Stream.empty() : Stream.of(ofAnother(part, others)))
                .toList();
    }

    private static Problem ofNobody(Part part, List<String> addresses) {
        String remedy = part.service().selector().isEmpty()
                ? "such endpoints count only in namespaces that the controller's settings allow"
                : "such endpoints count only for a Service without a selector";
        return part.problem(
                "endpoints",
                "the endpoints " + Names.list(addresses) + " name no Pod and are not backends: " + remedy,
                ProblemReasons.ENDPOINT_NOT_COUNTED);
    }

    private static Problem ofAnother(Part part, List<String> addresses) {
        return part.problem(
                "endpoints",
                "the endpoints " + Names.list(addresses)
                        + " name something that is no Pod of this namespace and are not backends: correct targetRef",
                ProblemReasons.ENDPOINT_NOT_COUNTED);
    }

    private static List<String> addresses(Part part, Predicate<Naming> kind) {
        return all(part)
                .filter(endpoint -> kind.test(naming(endpoint, part)))
                .flatMap(endpoint -> endpoint.addresses().stream().limit(1))
                .sorted()
                .distinct()
                .toList();
    }

    private static Stream<Endpoint> all(Part part) {
        return part.claim().slices().stream().flatMap(slice -> slice.endpoints().stream());
    }
}
