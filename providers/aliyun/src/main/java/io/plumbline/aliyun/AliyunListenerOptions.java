package io.plumbline.aliyun;

import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;
import java.util.List;

/// What only this cloud's listeners have. What a listener's protocol does not have is unmanaged.
///
/// @param acl the user's own access control lists; ours is the listener's access list
/// @param forwardPort where an HTTP listener sends its clients; [Normalize] makes it the listener's action
/// @param holder whose a listener is that only forwards: no pool tells
record AliyunListenerOptions(
        Setting<Acl> acl, Setting<Integer> forwardPort, Layer4 layer4, Layer7 layer7, Tls tls, Setting<Mark> holder)
        implements Options {
    /// Of a listener whose pool tells whose it is.
    AliyunListenerOptions(Setting<Acl> acl, Setting<Integer> forwardPort, Layer4 layer4, Layer7 layer7, Tls tls) {
        this(acl, forwardPort, layer4, layer7, tls, Setting.unmanaged());
    }

    /// Everything as the cloud has it.
    static AliyunListenerOptions unmanaged() {
        return new AliyunListenerOptions(
                Setting.unmanaged(), Setting.unmanaged(), Layer4.unmanaged(), Layer7.unmanaged(), Tls.unmanaged());
    }

    /// Those of a listener that came from us; of any other none are known.
    static AliyunListenerOptions of(Options options) {
        return options instanceof AliyunListenerOptions ours ? ours : unmanaged();
    }

    /// Without what such a listener does not have.
    AliyunListenerOptions fitting(Listener listener) {
        Layer4 of4 = switch (listener) {
            case Listener.Tcp tcp -> layer4;
            case Listener.Udp udp -> new Layer4(Setting.unmanaged(), Setting.unmanaged(), layer4.proxyProtocol());
            case Listener other -> Layer4.unmanaged();
        };
        boolean http = listener instanceof Listener.Http || listener instanceof Listener.Https;
        return new AliyunListenerOptions(
                acl,
                listener instanceof Listener.Http ? forwardPort : Setting.unmanaged(),
                of4,
                http ? layer7 : Layer7.unmanaged(),
                listener instanceof Listener.Https ? tls : Tls.unmanaged(),
                holder);
    }

    /// Access control lists that its user made.
    ///
    /// @param type `white` or `black`; empty where there is no list
    /// @param ids sorted
    record Acl(String type, List<String> ids) {
        Acl {
            ids = ids.stream().sorted().distinct().toList();
        }

        static Acl none() {
            return new Acl("", List.of());
        }
    }

    /// Of TCP and UDP.
    ///
    /// @param establishedTimeout in seconds, of TCP
    /// @param connectionDrainTimeout in seconds, 0 where it is off; of TCP
    /// @param proxyProtocol version 2
    record Layer4(
            Setting<Integer> establishedTimeout,
            Setting<Integer> connectionDrainTimeout,
            Setting<Boolean> proxyProtocol) {
        static Layer4 unmanaged() {
            return new Layer4(Setting.unmanaged(), Setting.unmanaged(), Setting.unmanaged());
        }
    }

    /// Of HTTP and HTTPS.
    ///
    /// @param idleTimeout in seconds
    /// @param requestTimeout in seconds
    record Layer7(
            Setting<Integer> idleTimeout,
            Setting<Integer> requestTimeout,
            Setting<Sticky> stickySession,
            Setting<Boolean> forwardedProto,
            Setting<Boolean> forwardedPort,
            Setting<Boolean> forwardedClientPort) {
        static Layer7 unmanaged() {
            return new Layer7(
                    Setting.unmanaged(),
                    Setting.unmanaged(),
                    Setting.unmanaged(),
                    Setting.unmanaged(),
                    Setting.unmanaged(),
                    Setting.unmanaged());
        }
    }

    /// How requests of one client stay with one backend.
    ///
    /// @param type `insert`: the load balancer makes the cookie; `server`: the backend does; empty
    ///     where it is off
    /// @param cookie its name, for `server`
    /// @param timeout of the cookie in seconds, for `insert`
    record Sticky(String type, String cookie, int timeout) {
        static Sticky off() {
            return new Sticky("", "", 0);
        }
    }

    /// Of HTTPS.
    ///
    /// @param certificateId at the cloud
    /// @param domainExtensions a certificate for each further domain
    record Tls(
            Setting<String> certificateId,
            Setting<Pairs> domainExtensions,
            Setting<String> cipherPolicy,
            Setting<Boolean> http2) {
        static Tls unmanaged() {
            return new Tls(Setting.unmanaged(), Setting.unmanaged(), Setting.unmanaged(), Setting.unmanaged());
        }
    }
}
