package io.plumbline.spi.model;

import java.util.List;

/// What a layer 7 listener or rule does with a request.
public sealed interface RuleAction {
    /// The pools that it leads to.
    default List<PoolKey> pools() {
        return switch (this) {
            case Forward(List<WeightedPool> pools) ->
                pools.stream().map(WeightedPool::pool).toList();
            case Redirect redirect -> List.of();
            case Fixed fixed -> List.of();
        };
    }

    /// To pools, by weight.
    record Forward(List<WeightedPool> weightedPools) implements RuleAction {
        public Forward {
            weightedPools = List.copyOf(weightedPools);
        }
    }

    /// To another address; an empty component stays as the request has it.
    record Redirect(String scheme, String host, int port, String path, int statusCode) implements RuleAction {}

    /// An answer of the load balancer's own.
    record Fixed(int statusCode, String contentType, String body) implements RuleAction {}

    /// A pool and its share; 0 gets no traffic.
    record WeightedPool(PoolKey pool, int weight) {}
}
