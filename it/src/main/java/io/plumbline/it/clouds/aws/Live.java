package io.plumbline.it.clouds.aws;

import java.util.LinkedHashMap;
import java.util.Map;

/// A target group as the data plane knows it.
final class Live {
    final TargetGroup group;
    final Map<Long, Member> members = new LinkedHashMap<>();
    HealthCheck check;
    int round;

    Live(TargetGroup group) {
        this.group = group;
        this.check = group.healthCheck;
    }

    /// A registration, and how its checks went.
    static final class Member {
        final Target target;
        Health health = Health.CHECKING;
        int passed;
        int failed;
        /// No security group let the latest check in.
        boolean blocked;
        /// Deregistered, and still gets connections.
        boolean leaving;
        /// Deregistered, and gets none any more; its flows go on.
        boolean silent;

        Member(Target target) {
            this.target = target;
        }
    }
}
