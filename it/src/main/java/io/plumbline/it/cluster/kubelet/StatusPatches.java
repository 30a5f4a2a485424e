package io.plumbline.it.cluster.kubelet;

import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/// Patches of the status subresource. `podIPs` need a merge patch (a strategic one merges by address and never
/// drops one); `conditions` a strategic one (a merge patch replaces the list, and others' conditions with it).
final class StatusPatches {

    private StatusPatches() {}

    static <T> T strategic(Resource<T> resource, String json) {
        return resource.subresource("status").patch(PatchContext.of(PatchType.STRATEGIC_MERGE), json);
    }

    static <T> T merge(Resource<T> resource, String json) {
        return resource.subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }
}
