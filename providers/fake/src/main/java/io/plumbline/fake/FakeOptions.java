package io.plumbline.fake;

import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;
import java.time.Duration;

/// The settings that only this cloud has.
public final class FakeOptions {
    private FakeOptions() {}

    /// Of a load balancer.
    ///
    /// @param zone where it stands; chosen at creation, fixed afterwards
    /// @param bandwidthMbps changes in place
    /// @param deletionProtection changes in place
    public record OfBalancer(Setting<String> zone, Setting<Integer> bandwidthMbps, Setting<Boolean> deletionProtection)
            implements Options {
        public OfBalancer(Setting<String> zone, Setting<Integer> bandwidthMbps) {
            this(zone, bandwidthMbps, Setting.unmanaged());
        }

        public static OfBalancer unmanaged() {
            return new OfBalancer(Setting.unmanaged(), Setting.unmanaged());
        }

        OfBalancer or(OfBalancer other) {
            return new OfBalancer(
                    zone.or(other.zone),
                    bandwidthMbps.or(other.bandwidthMbps),
                    deletionProtection.or(other.deletionProtection));
        }

        OfBalancer protectedFromDeletion(boolean its) {
            return new OfBalancer(zone, bandwidthMbps, Setting.managed(its));
        }
    }

    /// Of a listener.
    ///
    /// @param idleTimeout changes in place
    /// @param proxyProtocol a change needs a new listener
    public record OfListener(Setting<Duration> idleTimeout, Setting<Boolean> proxyProtocol) implements Options {
        public static OfListener unmanaged() {
            return new OfListener(Setting.unmanaged(), Setting.unmanaged());
        }

        OfListener or(OfListener other) {
            return new OfListener(idleTimeout.or(other.idleTimeout), proxyProtocol.or(other.proxyProtocol));
        }
    }
}
