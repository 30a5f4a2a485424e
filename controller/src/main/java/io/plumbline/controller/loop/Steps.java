package io.plumbline.controller.loop;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Kind;

/// What the shell must know of a plan's changes beside doing them. Pure.
final class Steps {
    private Steps() {}

    /// What is removed here takes much with it, so memory is not enough.
    static boolean needsFreshRead(Change change) {
        boolean removes = change instanceof Change.Remove || change instanceof Change.Replace;
        Kind kind = change.key().kind();
        return removes && (kind == Kind.LOAD_BALANCER || kind == Kind.LISTENER);
    }

    static boolean createsLoadBalancer(Change change) {
        return change instanceof Change.Create && change.key().kind() == Kind.LOAD_BALANCER;
    }

    static boolean replacesLoadBalancer(Change change) {
        return change instanceof Change.Replace && change.key().kind() == Kind.LOAD_BALANCER;
    }

    /// Nothing of ours is there any more but what stays for good: a stranger's, or what its user protects.
    static boolean nothingIsLeft(Plan plan) {
        return plan.changes().stream().allMatch(change -> change instanceof Change.Leave leave && staysForGood(leave));
    }

    /// What a guard or the mode stopped is held back only for now.
    private static boolean staysForGood(Change.Leave leave) {
        String code = leave.reason().code();
        return !code.equals(Reason.HELD_BACK) && !code.equals(Reason.MODE);
    }
}
