package io.plumbline.it.clouds.aws;

import java.time.Instant;
import java.util.List;

/// A certificate of ACM.
///
/// @param type `IMPORTED` or `AMAZON_ISSUED`
/// @param status `ISSUED` or `PENDING_VALIDATION`; a load balancer takes only the former
/// @param names its domain name first, then alternative ones
record Certificate(String arn, String type, String status, List<String> names, Instant notBefore, Instant notAfter) {
    static final String ISSUED = "ISSUED";
    static final String PENDING = "PENDING_VALIDATION";

    Certificate {
        names = List.copyOf(names);
    }

    boolean issued() {
        return status.equals(ISSUED);
    }
}
