package io.plumbline.spi;

import io.plumbline.spi.model.PoolKey;
import java.util.List;

/// How deep a load balancer is read.
public sealed interface Scope {
    /// Whether it exists, with its own settings and addresses.
    record Existence() implements Scope {}

    /// The members of these pools, and whatever is needed to find them.
    record Members(List<PoolKey> pools) implements Scope {
        public Members {
            pools = List.copyOf(pools);
        }
    }

    /// Everything.
    record Whole() implements Scope {}
}
