package io.plumbline.aws;

import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;
import java.util.List;

/// What only this cloud's listeners have.
///
/// TCP and TLS are settings of one kind of listener here, since AWS changes one into the other in place.
///
/// @param protocol `TCP`, `TLS`, `UDP` or `TCP_UDP`
/// @param certificate the default one, an ARN; TLS only, as the three that follow
/// @param moreCertificates chosen by name, sorted
/// @param idleTimeoutSeconds of TCP connections
record AwsListenerOptions(
        Setting<String> protocol,
        Setting<String> certificate,
        Setting<List<String>> moreCertificates,
        Setting<String> policy,
        Setting<String> alpn,
        Setting<String> idleTimeoutSeconds)
        implements Options {
    static final String TLS = "TLS";
    static final String IDLE_TIMEOUT = "tcp.idle_timeout.seconds";

    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
    static final String DEFAULT_IDLE_TIMEOUT = "350";

    /// Everything as the cloud has it.
    static AwsListenerOptions unmanaged() {
        return new AwsListenerOptions(
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged(),
                Setting.unmanaged());
    }

    AwsListenerOptions withProtocol(Setting<String> wanted) {
        return new AwsListenerOptions(wanted, certificate, moreCertificates, policy, alpn, idleTimeoutSeconds);
    }

    boolean tls() {
        return protocol.equals(Setting.managed(TLS));
    }

    /// Those of a listener that came from us; of any other none are known.
    static AwsListenerOptions of(Options options) {
        return options instanceof AwsListenerOptions ours ? ours : unmanaged();
    }
}
