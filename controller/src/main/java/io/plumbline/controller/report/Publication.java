package io.plumbline.controller.report;

import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.PublicAddress;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.Claimant;
import io.plumbline.spi.model.Desired.Publishing;
import io.plumbline.spi.objects.ObjectKey;
import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which addresses a Service's status shows: the load balancer's own, those that its user has bound to it, or a
/// name of the user's.
final class Publication {
    private Publication() {}

    /// @return nothing where there is none to show: what is published stays
    static List<PublishedAddress> of(Desired desired, ObjectKey service, Actual actual) {
        if (actual.addresses().isEmpty()) {
            return List.of();
        }
        return switch (publishing(desired, service)) {
            case Publishing.OwnAddress own -> published(actual, address -> !address.bound());
            case Publishing.BoundAddress bound -> published(actual, PublicAddress::bound);
            case Publishing.Hostname(String name) -> List.of(new PublishedAddress("", name, Optional.empty()));
        };
    }

    /// The load balancer is there, and what is to be published is not bound to it.
    static Optional<Verdict> pending(Desired desired, ObjectKey service, Actual actual) {
        boolean waits = publishing(desired, service) instanceof Publishing.BoundAddress
                && actual.addresses().stream().noneMatch(PublicAddress::bound);
        return actual.loadBalancer()
                .filter(found -> waits && !actual.addresses().isEmpty())
                .map(found -> Verdict.no(
                        Reasons.PENDING,
                        "the address to be published is one that is bound to the load balancer, and none is seen at "
                                + found.id()
                                + ": bind one to it at the cloud (an internal load balancer takes one), see that the"
                                + " controller may read it, or remove the annotation that asks for it; until then no"
                                + " other address is published"));
    }

    private static Publishing publishing(Desired desired, ObjectKey service) {
        return desired.claimants().stream()
                .filter(claimant -> claimant.mark().object().equals(service))
                .findFirst()
                .map(Claimant::publishing)
                .orElseGet(Publishing.OwnAddress::new);
    }

    private static List<PublishedAddress> published(Actual actual, Predicate<PublicAddress> which) {
        return actual.addresses().stream()
                .filter(which)
                .map(Publication::published)
                .sorted(Comparator.comparing(PublishedAddress::hostname).thenComparing(PublishedAddress::ip))
                .toList();
    }

    /// The API server refuses `ipMode` beside a hostname.
    private static PublishedAddress published(PublicAddress address) {
        return switch (address.form()) {
            case IP -> new PublishedAddress(address.text(), "", Optional.of(address.proxied() ? "Proxy" : "VIP"));
            case HOSTNAME -> new PublishedAddress("", address.text(), Optional.empty());
        };
    }
}
