package io.plumbline.it.clouds.aliyun;

import io.plumbline.it.clouds.Limits;

/// The numbers of the simulated CLB that can be changed by name. Those of the real one where a source is named,
/// else ours.
public enum Limit implements Limits.Named {
    /// https://help.aliyun.com/document_detail/32459.html
    BALANCERS(30),
    /// https://help.aliyun.com/document_detail/32459.html
    LISTENERS_PER_BALANCER(50),
    /// Backend servers of all groups of a CLB. https://help.aliyun.com/document_detail/32459.html
    BACKENDS_PER_BALANCER(200),
    /// https://help.aliyun.com/document_detail/35218.html
    BACKENDS_PER_CALL(20),
    /// Of a CLB or another resource. CreateLoadBalancer: Tag.N, N up to 20.
    TAGS_PER_RESOURCE(20),
    /// Additional domains of an HTTPS listener. https://help.aliyun.com/document_detail/32459.html
    DOMAINS_PER_LISTENER(3),
    /// https://help.aliyun.com/document_detail/70013.html
    ACCESS_LISTS(50),
    /// https://help.aliyun.com/document_detail/70013.html
    ENTRIES_PER_ACCESS_LIST(300),
    /// AddAccessControlListEntry: at most 50 entries in each call.
    ENTRIES_PER_CALL(50),
    /// Each action that changes something, but for those below: api-slb-2014-05-15-quota.
    WRITES_PER_MINUTE(90),
    /// CreateLoadBalancer: api-slb-2014-05-15-quota.
    CREATIONS_PER_MINUTE(60),
    /// Domain extensions and SetLoadBalancerModificationProtection: api-slb-2014-05-15-quota.
    LIGHT_WRITES_PER_MINUTE(400),
    /// Each Describe action: api-slb-2014-05-15-quota.
    READS_PER_MINUTE(3000),
    /// ListTagResources: api-slb-2014-05-15-quota.
    TAG_READS_PER_SECOND(10),
    /// TagResources and UntagResources: api-slb-2014-05-15-quota.
    TAG_WRITES_PER_SECOND(5),
    /// How long a CLB refuses the next write after one.
    CONFIGURING_MILLIS(100),
    /// How long the data plane lags behind an accepted write.
    PROPAGATION_MILLIS(1500),
    /// How long the credentials of an assumed role are good; documented as 900 to 3600 s.
    TOKEN_MILLIS(3_600_000);

    private final long initial;

    Limit(long initial) {
        this.initial = initial;
    }

    @Override
    public long initial() {
        return initial;
    }
}
