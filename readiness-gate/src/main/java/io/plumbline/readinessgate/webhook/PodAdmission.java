package io.plumbline.readinessgate.webhook;

import io.plumbline.spi.PodRegistrations;
import io.plumbline.spi.PodRegistrations.Selected;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what [Injection] must know of a Pod.
public final class PodAdmission {
    private static final String NEVER_IN = "kube-system";

    private static final String NAMESPACE_UNREADABLE =
            "the annotations of its namespace could not be read: a preStop sleep that they ask for is missing";
    private static final Logger LOG = LoggerFactory.getLogger(PodAdmission.class);

    private final List<PodRegistrations> registrations;
    private final Namespaces namespaces;
    private final WebhookSettings settings;

    /// @param registrations of each provider
    public PodAdmission(List<PodRegistrations> registrations, Namespaces namespaces, WebhookSettings settings) {
        this.registrations = List.copyOf(registrations);
        this.namespaces = namespaces;
        this.settings = settings;
    }

    /// What happens to the Pod.
    public Admission decide(IncomingPod pod) {
        if (!settings.injecting() || pod.namespace().equals(NEVER_IN)) {
            return Admission.untouched();
        }
        return switch (selected(pod)) {
            case NO -> Admission.untouched();
            // A gate too many opens after the settle time; one too few lets a rollout go on without its load balancer.
            case YES, UNKNOWN -> injected(pod);
        };
    }

    private Selected selected(IncomingPod pod) {
        List<Selected> answers = registrations.stream()
                .map(provider -> provider.selects(pod.namespace(), pod.labels()))
                .toList();
        if (answers.contains(Selected.YES)) {
            return Selected.YES;
        }
        return answers.contains(Selected.UNKNOWN) ? Selected.UNKNOWN : Selected.NO;
    }

    private Admission injected(IncomingPod pod) {
        try {
            Optional<String> sleep =
                    Optional.ofNullable(namespaces.annotations(pod.namespace()).get(Injection.SLEEP_ANNOTATION));
            return Injection.into(pod, sleep, settings);
        } catch (Namespaces.Unreadable e) {
            LOG.warn("a Pod is admitted without its namespace's wishes", e);
            return Injection.into(pod, Optional.empty(), settings).warning(NAMESPACE_UNREADABLE);
        }
    }
}
