package io.plumbline.it.clouds.aws;

import java.time.Instant;
import java.util.List;

/// A certificate of ACM.
///
/// @param type `IMPORTED` or `AMAZON_ISSUED`
/// @param names its domain name first, then alternative ones
record Certificate(String arn, String type, List<String> names, Instant notBefore, Instant notAfter) {
    Certificate {
        names = List.copyOf(names);
    }
}
