package io.plumbline.controller.plan;

import io.plumbline.controller.desired.Settings;
import io.plumbline.spi.Dialect;
import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.objects.ObjectKey;
import java.util.List;
import java.util.stream.Collectors;

/// What users are told of wishes that a plan cannot fulfil, with the way out.
final class Refusals {
    private Refusals() {}

    static Problem fixed(ObjectKey object, Kind kind, FieldChange field) {
        return new Problem(
                object,
                path(kind, field),
                what(field) + ": it is set when the load balancer is made and fixed from then on. "
                        + "Set it back, or delete this object and create it again.",
                Reason.IMMUTABLE);
    }

    /// One for all fields: they are changed together, or not at all.
    static Problem needsConsent(ObjectKey object, Kind kind, List<FieldChange> fields) {
        return new Problem(
                object,
                path(kind, fields.getFirst()),
                fields.stream().map(Refusals::what).collect(Collectors.joining("; ")) + ": this needs a new "
                        + kind.text() + " in place of the old one. To allow it, annotate " + Settings.REPLACE_ANNOTATION
                        + ": allow",
                Reason.IMMUTABLE);
    }

    static Problem taken(ObjectKey loser, String port, String by) {
        return new Problem(
                loser, "spec.ports", "port " + port + " is already taken by " + by + "; use another", Reason.CONFLICT);
    }

    static Problem missing(ObjectKey object, String loadBalancer) {
        return new Problem(
                object,
                "metadata.annotations",
                "load balancer " + loadBalancer + " does not exist; name one that does",
                Reason.GONE);
    }

    static Problem foreignPool(ObjectKey object, String pool, String why) {
        return new Problem(
                object,
                "metadata.annotations",
                "pool " + pool + " cannot be used: " + why + "; name one of your own, on this load balancer",
                Reason.FOREIGN);
    }

    static Problem foreign(ObjectKey object, String loadBalancer, String why) {
        return new Problem(
                object,
                "metadata.annotations",
                "load balancer " + loadBalancer + " cannot be used: " + why,
                Reason.FOREIGN);
    }

    /// A field that an annotation sets is told by that annotation.
    static Plan inUsersWords(Plan plan, Dialect dialect) {
        return new Plan(
                plan.key(),
                plan.changes(),
                plan.problems().stream()
                        .map(problem -> dialect.annotationOf(problem.field())
                                .map(annotation ->
                                        new Problem(problem.object(), annotation, problem.message(), problem.reason()))
                                .orElse(problem))
                        .sorted()
                        .toList());
    }

    static String list(List<FieldChange> fields) {
        return fields.stream().map(FieldChange::text).collect(Collectors.joining("; "));
    }

    private static String path(Kind kind, FieldChange field) {
        return kind.text() + "." + field.field();
    }

    private static String what(FieldChange field) {
        return field.field() + " is " + field.from() + " and cannot become " + field.to();
    }
}
