package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Protocol.HTTP;
import static io.plumbline.it.clouds.aliyun.Protocol.HTTPS;
import static io.plumbline.it.clouds.aliyun.Protocol.TCP;
import static io.plumbline.it.clouds.aliyun.Protocol.UDP;

import java.util.List;

/// The settings of listeners, by their names in Describe replies: who has them, what they may be, and what they are
/// where nobody says.
///
/// Source: https://help.aliyun.com/document_detail/27594.html (TCP), 27595 (UDP), 27592 (HTTP), 27593 (HTTPS).
final class ListenerFields {
    private static final List<Protocol> ALL = List.of(TCP, UDP, HTTP, HTTPS);
    private static final List<Protocol> LAYER_4 = List.of(TCP, UDP);
    private static final List<Protocol> LAYER_7 = List.of(HTTP, HTTPS);
    private static final List<String> SWITCH = List.of("on", "off");
    private static final String CODES = "http_[2345]xx(,http_[2345]xx)*";

    static final List<Field> FIELDS = List.of(
            new Field("AclId", ALL, new Text("[A-Za-z0-9-]+(,[A-Za-z0-9-]+)*"), ""),
            new Field("AclStatus", ALL, new Words(SWITCH), "off"),
            new Field("AclType", ALL, new Words(List.of("white", "black")), ""),
            new Field("BackendServerPort", ALL, new Range(1, 65535), ""),
            new Field("Bandwidth", ALL, new Range(1, 5120, -1), "-1"),
            new Field("CACertificateId", List.of(HTTPS), new Text(".{1,128}"), ""),
            new Field("ConnectionDrain", List.of(TCP), new Words(SWITCH), "off"),
            new Field("ConnectionDrainTimeout", List.of(TCP), new Range(10, 900), ""),
            new Field("Cookie", LAYER_7, new Text("[^$,; ][^,; ]{0,199}"), ""),
            new Field("CookieTimeout", LAYER_7, new Range(1, 86400), ""),
            new Field("Description", ALL, new Text("[\\p{L}\\p{N}/._-]{1,80}"), ""),
            new Field("EnableHttp2", List.of(HTTPS), new Words(SWITCH), "on"),
            new Field("EstablishedTimeout", List.of(TCP), new Range(10, 900), "900"),
            new Field("ForwardPort", List.of(HTTP), new Range(1, 65535), ""),
            new Field("Gzip", LAYER_7, new Words(SWITCH), "on"),
            new Field("HealthCheck", LAYER_4, new Words(SWITCH), "on"),
            new Field("HealthCheck", LAYER_7, new Words(SWITCH), ""),
            new Field("HealthCheckConnectPort", ALL, new Range(1, 65535, -520), "-520"),
            new Field("HealthCheckConnectTimeout", LAYER_4, new Range(1, 300), "5"),
            new Field("HealthCheckDomain", List.of(TCP, HTTP, HTTPS), new Text("\\$_ip|[A-Za-z0-9.-]{1,80}"), ""),
            new Field("HealthCheckExp", List.of(UDP), new Text("[A-Za-z0-9]{1,64}"), ""),
            new Field("HealthCheckHttpCode", List.of(TCP, HTTP, HTTPS), new Text(CODES), "http_2xx"),
            new Field("HealthCheckInterval", ALL, new Range(1, 50), "2"),
            new Field("HealthCheckMethod", LAYER_7, new Words(List.of("head", "get")), "head"),
            new Field("HealthCheckReq", List.of(UDP), new Text("[A-Za-z0-9]{1,64}"), ""),
            new Field("HealthCheckTimeout", LAYER_7, new Range(1, 300), "5"),
            new Field("HealthCheckType", List.of(TCP), new Words(List.of("tcp", "http")), "tcp"),
            new Field("HealthCheckURI", List.of(TCP, HTTP, HTTPS), new Text("/[A-Za-z0-9/.%?#&=_-]{1,79}"), ""),
            new Field("HealthyThreshold", ALL, new Range(2, 10), "3"),
            new Field("IdleTimeout", LAYER_7, new Range(1, 60), "15"),
            new Field("ListenerForward", List.of(HTTP), new Words(SWITCH), "off"),
            new Field("PersistenceTimeout", List.of(TCP), new Range(0, 3600), "0"),
            new Field("ProxyProtocolV2Enabled", LAYER_4, new Words(List.of("true", "false")), "false"),
            new Field("RequestTimeout", LAYER_7, new Range(1, 180), "60"),
            new Field("Scheduler", List.of(TCP), new Words(List.of("wrr", "wlc", "rr", "sch", "tch")), "wrr"),
            new Field("Scheduler", List.of(UDP), new Words(List.of("wrr", "wlc", "rr", "sch", "tch", "qch")), "wrr"),
            new Field("Scheduler", LAYER_7, new Words(List.of("wrr", "rr")), "wrr"),
            new Field("ServerCertificateId", List.of(HTTPS), new Text(".{1,128}"), ""),
            new Field("StickySession", LAYER_7, new Words(SWITCH), "off"),
            new Field("StickySessionType", LAYER_7, new Words(List.of("insert", "server")), ""),
            new Field("SynProxy", List.of(TCP), new Words(List.of("enable", "disable")), ""),
            new Field(
                    "TLSCipherPolicy",
                    List.of(HTTPS),
                    new Text("tls_cipher_policy_1_(0|1|2|2_strict|2_strict_with_1_3)"),
                    "tls_cipher_policy_1_0"),
            new Field("UnhealthyThreshold", ALL, new Range(2, 10), "3"),
            new Field("XForwardedFor", LAYER_7, new Words(SWITCH), "on"),
            new Field("XForwardedFor_ClientSrcPort", LAYER_7, new Words(SWITCH), "off"),
            new Field("XForwardedFor_SLBID", LAYER_7, new Words(SWITCH), "off"),
            new Field("XForwardedFor_SLBIP", LAYER_7, new Words(SWITCH), "off"),
            new Field("XForwardedFor_SLBPORT", LAYER_7, new Words(SWITCH), "off"),
            new Field("XForwardedFor_proto", LAYER_7, new Words(SWITCH), "off"));

    private ListenerFields() {}

    /// A setting.
    ///
    /// @param initial what it is where nobody says; empty is nothing
    record Field(String name, List<Protocol> protocols, Rule rule, String initial) {
        Field {
            protocols = List.copyOf(protocols);
        }

        /// The parameter that sets it: some are named otherwise at layer 4, and two begin with a small letter in
        /// some actions.
        List<String> parameters(Protocol protocol) {
            if (name.equals("HealthCheck")) {
                return List.of(protocol.isLayer7() ? name : "HealthCheckSwitch");
            }
            return switch (name) {
                case "HealthCheckInterval", "HealthCheckReq", "HealthCheckExp" ->
                    List.of(name, "h" + name.substring(1));
                default -> List.of(name);
            };
        }
    }

    /// What a setting may be.
    sealed interface Rule {
        boolean allows(String value);

        String words();
    }

    /// An integer.
    ///
    /// @param besides one more value that is allowed
    record Range(int least, int most, int besides) implements Rule {
        Range(int least, int most) {
            this(least, most, least);
        }

        @Override
        public boolean allows(String value) {
            long number = Long.parseLong(value);
            return (number >= least && number <= most) || number == besides;
        }

        @Override
        public String words() {
            return "from " + least + " to " + most + (besides == least ? "" : ", or " + besides);
        }
    }

    /// One of several words.
    record Words(List<String> possible) implements Rule {
        Words {
            possible = List.copyOf(possible);
        }

        @Override
        public boolean allows(String value) {
            return possible.contains(value);
        }

        @Override
        public String words() {
            return "one of " + possible;
        }
    }

    /// A text.
    record Text(String pattern) implements Rule {
        @Override
        public boolean allows(String value) {
            return value.matches(pattern);
        }

        @Override
        public String words() {
            return "of the form " + pattern;
        }
    }

    /// The settings that a protocol has.
    static List<Field> of(Protocol protocol) {
        return FIELDS.stream()
                .filter(field -> field.protocols().contains(protocol))
                .toList();
    }
}
