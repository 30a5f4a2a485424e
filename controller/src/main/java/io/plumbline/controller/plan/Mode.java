package io.plumbline.controller.plan;

/// How much the controller may do.
public enum Mode {
    /// Everything.
    SYNC,
    /// Removes no load balancer, listener, rule or pool; members still follow the Pods.
    UPSERT_ONLY,
    /// Nothing: plans are made and shown.
    OBSERVE
}
