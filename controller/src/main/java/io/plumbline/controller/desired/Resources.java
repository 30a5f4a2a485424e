package io.plumbline.controller.desired;

import io.plumbline.controller.desired.DesiredState.Context;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.RuleAction;
import io.plumbline.spi.model.RuleAction.Forward;
import io.plumbline.spi.model.RuleAction.WeightedPool;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Stickiness;
import java.util.List;
import java.util.Optional;

/// A port that is served -> the resources that it needs. Pure.
final class Resources {
    private Resources() {}

    static Listener listener(Part.Port port, Context context) {
        Setting<Optional<AccessListKey>> accessList = context.capabilities().sourceRanges()
                ? Setting.managed(accessList(port.part(), context).map(AccessList::key))
                : Setting.unmanaged();
        Options options = port.wishes().listenerOptions();
        RuleAction forward = new Forward(List.of(new WeightedPool(port.pool(), 1)));
        return switch (port.wishes().form()) {
            case TCP -> new Listener.Tcp(port.listener(), port.pool(), accessList, true, options);
            case UDP -> new Listener.Udp(port.listener(), port.pool(), accessList, true, options);
            case TCP_UDP -> new Listener.TcpUdp(port.listener(), port.pool(), accessList, true, options);
            case TLS -> new Listener.Tls(port.listener(), port.pool(), List.of(), accessList, true, options);
            case HTTP -> new Listener.Http(port.listener(), forward, accessList, true, options);
            case HTTPS -> new Listener.Https(port.listener(), forward, List.of(), accessList, true, options);
        };
    }

    static DesiredPool pool(Part.Port port, Context context) {
        Pool pool = new Pool(
                port.pool(),
                port.transport(),
                port.part().reading().backends().targets(),
                port.wishes().healthCheck(),
                stickiness(port, context),
                port.wishes().scheduling(),
                port.wishes().poolOptions());
        return new DesiredPool(pool, port.candidates());
    }

    /// What the cloud's own annotations say comes before `sessionAffinity`. Its timeout is left to the
    /// cloud: clouds allow other ranges than Kubernetes does.
    private static Stickiness stickiness(Part.Port port, Context context) {
        Stickiness wished = port.wishes().stickiness();
        boolean mapped = context.capabilities().clientIpAffinity()
                && port.part().service().traffic().sessionAffinity().equals("ClientIP");
        return mapped ? new Stickiness(wished.enabled().or(Setting.managed(true)), wished.duration()) : wished;
    }

    /// Who may connect, where the Service says so and the load balancer can see to it. Behind node ports the nodes do
    /// so too, if they see the clients' addresses.
    static Optional<AccessList> accessList(Part part, Context context) {
        List<String> ranges = part.service().traffic().sourceRanges().stream()
                .filter(range -> Cidr.parse(range).isPresent())
                .sorted()
                .distinct()
                .toList();
        return ranges.isEmpty() || !context.capabilities().sourceRanges()
                ? Optional.empty()
                : Optional.of(
                        new AccessList(new AccessListKey(part.service().key().text()), ranges, new Options.None()));
    }
}
