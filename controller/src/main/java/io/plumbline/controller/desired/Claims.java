package io.plumbline.controller.desired;

import io.plumbline.controller.snapshot.SnapshotAssembly;
import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whose a Service is: ours to serve, ours to let go, another controller's, or nobody's business. Pure.
///
/// | the Service | standing |
/// |---|---|
/// | is being deleted, or is no longer of our type and class, and carries our finalizer | Released |
/// | the same without our finalizer, or while another provider holds it | NotOurs |
/// | is of our type and class, and another provider holds the finalizer still | AlreadyManaged |
/// | carries another load balancer controller's finalizer, or traces of its load balancer | AlreadyManaged |
/// | anything else of type LoadBalancer and of a class of ours | Ours |
public final class Claims {
    private static final String LOAD_BALANCER = "LoadBalancer";
    private static final String FAMILY_OF_CLASSES = "plumbline.io/";

    private Claims() {}

    /// What a Service is to us.
    public sealed interface Standing {
        record Ours() implements Standing {}

        /// What was made for it goes.
        record Released(String why) implements Standing {}

        record NotOurs() implements Standing {}

        /// Another controller serves it: it is refused.
        ///
        /// @param field the part of the Service that shows it
        /// @param why in words that say what to do
        record AlreadyManaged(String field, String why) implements Standing {}
    }

    /// Decides by the Service alone.
    public static Standing standing(ServiceView service, Dialect dialect, Settings settings) {
        if (!wanted(service, settings)) {
            return letGo(service, settings);
        }
        return siblings(service, settings).or(() -> foreign(service, dialect)).orElseGet(Standing.Ours::new);
    }

    /// All providers share one finalizer: whose it is, is written beside it.
    private static Optional<String> holder(ServiceView service) {
        return Optional.ofNullable(service.metadata().annotations().get(CoreAnnotations.PROVIDER))
                .filter(any -> hasOurFinalizer(service));
    }

    /// Until it lets go what it made, its load balancer may be there.
    private static Optional<Standing> siblings(ServiceView service, Settings settings) {
        return holder(service)
                .filter(provider -> !provider.equals(settings.provider()))
                .map(provider -> new Standing.AlreadyManaged(
                        "metadata.annotations[" + CoreAnnotations.PROVIDER + "]",
                        "the provider " + provider + " has not let go of this Service yet. It does so by itself where"
                                + " it runs; where it does not run any more, see that nothing of its is left, and take"
                                + " this annotation away"));
    }

    /// The mark that everything made for this Service carries.
    public static Mark mark(ServiceView service, Settings settings) {
        return new Mark(settings.clusterUid(), service.key(), service.uid());
    }

    /// Every load balancer that may have something of this Service, in a stable order: the one that it asks for, and
    /// those that it shows; without such a sign, the one that was made for it alone, which it may have had before.
    public static List<LoadBalancerKey> keys(ServiceView service, Dialect dialect) {
        List<LoadBalancerKey> shown = Places.of(service)
                .orElseGet(() -> hasOurFinalizer(service) ? List.of(SnapshotAssembly.ownKey(service)) : List.of());
        return Stream.concat(Stream.of(SnapshotAssembly.key(service, dialect)), shown.stream())
                .distinct()
                .toList();
    }

    static boolean hasOurFinalizer(ServiceView service) {
        return service.metadata().finalizers().contains(Settings.FINALIZER);
    }

    private static boolean wanted(ServiceView service, Settings settings) {
        return !service.metadata().deleting()
                && service.type().equals(LOAD_BALANCER)
                && settings.ours(service.loadBalancerClass());
    }

    private static Standing letGo(ServiceView service, Settings settings) {
        boolean held = holder(service)
                .map(provider -> provider.equals(settings.provider()))
                .orElseGet(() -> hasOurFinalizer(service) && !namesSibling(service, settings));
        return held ? new Standing.Released(whyReleased(service)) : new Standing.NotOurs();
    }

    private static boolean namesSibling(ServiceView service, Settings settings) {
        return service.loadBalancerClass()
                .filter(name -> name.startsWith(FAMILY_OF_CLASSES) && !settings.ours(service.loadBalancerClass()))
                .isPresent();
    }

    private static String whyReleased(ServiceView service) {
        if (service.metadata().deleting()) {
            return "the Service is being deleted";
        }
        return service.type().equals(LOAD_BALANCER)
                ? "spec.loadBalancerClass is " + service.loadBalancerClass().orElse("not set")
                : "spec.type is " + service.type();
    }

    private static Optional<Standing> foreign(ServiceView service, Dialect dialect) {
        Optional<String> finalizer = foreignFinalizer(service);
        if (finalizer.isPresent()) {
            return Optional.of(managed("metadata.finalizers", "the finalizer " + finalizer.get()));
        }
        return hasOurFinalizer(service) ? Optional.empty() : trace(service, dialect);
    }

    /// Before we begin, any controller's finalizer is one too many. Later only one that speaks of load
    /// balancers is: a tool that puts its own on every object must not stop the backends from following.
    private static Optional<String> foreignFinalizer(ServiceView service) {
        boolean begun = hasOurFinalizer(service);
        return service.metadata().finalizers().stream()
                .filter(name -> !name.equals(Settings.FINALIZER) && name.contains("/"))
                .filter(name -> !begun || name.startsWith("service.") || name.contains("load-balancer"))
                .findFirst();
    }

    private static Optional<Standing> trace(ServiceView service, Dialect dialect) {
        Optional<String> annotation = dialect.foreignMarks().stream()
                .filter(key -> service.metadata().annotations().containsKey(key))
                .findFirst();
        if (annotation.isPresent()) {
            return Optional.of(
                    managed("metadata.annotations[" + annotation.get() + "]", "the annotation " + annotation.get()));
        }
        return service.addresses().isEmpty()
                ? Optional.empty()
                : Optional.of(managed("status.loadBalancer", "an address in status.loadBalancer"));
    }

    private static Standing managed(String field, String trace) {
        return new Standing.AlreadyManaged(
                field,
                "another controller manages this Service: it carries " + trace
                        + ". Delete the Service and create it anew, or leave it to that controller");
    }
}
