package io.plumbline.aliyun;

import io.plumbline.spi.Dialect.Backends;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.ServiceView;
import java.util.List;

/// What a Service's annotations say of its members.
final class BackendAnnotations {
    private static final String ENI = "eni";
    private static final String LABEL = "[^=,!<>() ]+=[^=,!<>() ]*";

    private final ServiceAnnotations annotations;
    private final ServiceView service;
    private final boolean byPods;

    BackendAnnotations(ServiceAnnotations annotations, ServiceView service) {
        this.annotations = annotations;
        this.service = service;
        this.byPods = direct();
    }

    boolean byPods() {
        return byPods;
    }

    /// A value that is none of the two shows that somebody wants Pods, or had them: node ports would
    /// replace every member.
    private boolean direct() {
        return annotations
                .oneOf(Annotations.BACKEND_TYPE, List.of(ENI, "ecs"), Setting.managed("ecs"))
                .asOptional()
                .map(ENI::equals)
                .orElse(true);
    }

    Backends read() {
        boolean graceful = annotations
                .either(Annotations.GRACEFUL, "true", "false", true)
                .asOptional()
                .orElse(true);
        return new Backends(
                AliyunDialect.targets(byPods),
                byPods && graceful,
                false,
                nodeSelector(),
                annotations
                        .onOff(Annotations.REMOVE_UNSCHEDULED, false)
                        .asOptional()
                        .orElse(false),
                false,
                true,
                weight());
    }

    /// A list that cannot be read is handed on as it is: as a selector it selects nothing, and what is
    /// bound stays.
    private String nodeSelector() {
        if (byPods && annotations.has(Annotations.BACKEND_LABEL)) {
            annotations.complain(Annotations.BACKEND_LABEL, "has no effect where Pods are the backends: remove it");
        }
        annotations.matching(
                Annotations.BACKEND_LABEL,
                text -> text.matches(LABEL + "( *, *" + LABEL + ")*"),
                "must look like k1=v1,k2=v2",
                Setting.unmanaged());
        return annotations.text(Annotations.BACKEND_LABEL).orElse("");
    }

    /// Unmanaged where others set weights.
    private Setting<Integer> weight() {
        Setting<Integer> weight = annotations.whole(
                Annotations.DEFAULT_WEIGHT, 0, Limits.HIGHEST_WEIGHT, Setting.managed(Limits.DEFAULT_WEIGHT));
        boolean local = !byPods && service.traffic().externalTrafficPolicy().equals("Local");
        if (local && annotations.has(Annotations.DEFAULT_WEIGHT)) {
            annotations.complain(
                    Annotations.DEFAULT_WEIGHT,
                    "has no effect with externalTrafficPolicy: Local, where a node weighs as many Pods as it has:"
                            + " remove it");
        }
        boolean ignored =
                annotations.onOff(Annotations.IGNORE_WEIGHT, false).asOptional().orElse(false);
        return ignored ? Setting.unmanaged() : weight;
    }
}
