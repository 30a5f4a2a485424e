package io.plumbline.it.fault;

import static io.plumbline.it.fault.AliyunBench.PREFIX;
import static io.plumbline.it.fault.AliyunBench.listed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every annotation of a listener, from the Service to the cloud: it is set, changed while the listener serves, and
/// taken
/// away, after which counts what counts without it. Nothing is written once all is as it is wanted.
class AliyunListenerSettingsTest {
    private static final int PORT = 80;

    private final AliyunBench bench = new AliyunBench();

    /// Protocol; annotations beside; annotation, its value, another value; what the cloud calls it, and shows for
    /// each of the two and without the annotation.
    @ParameterizedTest(name = "{0} {2} {3} {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp  | '' | scheduler | wlc | sch | Scheduler | wlc | sch | wrr",
                "tcp  | '' | persistence-timeout | 100 | 3600 | PersistenceTimeout | 100 | 3600 | 0",
                "tcp  | '' | established-timeout | 10 | 600 | EstablishedTimeout | 10 | 600 | 900",
                "tcp  | '' | connection-drain | on | off | ConnectionDrain | on | off | off",
                "tcp  | connection-drain=on | connection-drain-timeout | 10 | 900 "
                        + " | ConnectionDrainTimeout | 10 | 900 | 300",
                "tcp  | '' | proxy-protocol | on | off | ProxyProtocolV2Enabled | true | false | false",
                "tcp  | '' | health-check-switch | off | on | HealthCheck | off | on | on",
                "tcp  | '' | health-check-type | http | tcp | HealthCheckType | http | tcp | tcp",
                "tcp  | health-check-type=http | health-check-uri | /a | /b " + " | HealthCheckURI | /a | /b | /?",
                "tcp  | health-check-type=http | health-check-domain | a.example.com | b.example.com"
                        + " | HealthCheckDomain"
                        + " | a.example.com | b.example.com | $_ip",
                "tcp  | health-check-type=http | health-check-httpcode | http_3xx | http_2xx,http_4xx"
                        + " | HealthCheckHttpCode | http_3xx | http_2xx,http_4xx | http_2xx",
                "tcp  | '' | health-check-connect-port | 8080 | 9090 | HealthCheckConnectPort | 8080 | 9090 | -520",
                "tcp  | '' | healthy-threshold | 2 | 10 | HealthyThreshold | 2 | 10 | 3",
                "tcp  | '' | unhealthy-threshold | 2 | 10 | UnhealthyThreshold | 2 | 10 | 3",
                "tcp  | '' | health-check-interval | 5 | 50 | HealthCheckInterval | 5 | 50 | 2",
                "tcp  | '' | health-check-connect-timeout | 10 | 20 | HealthCheckConnectTimeout | 10 | 20 | 5",
                "udp  | '' | scheduler | qch | sch | Scheduler | qch | sch | wrr",
                "udp  | '' | proxy-protocol | on | off | ProxyProtocolV2Enabled | true | false | false",
                "udp  | '' | health-check-switch | off | on | HealthCheck | off | on | on",
                "udp  | '' | health-check-connect-port | 8080 | 9090 | HealthCheckConnectPort | 8080 | 9090 | -520",
                "udp  | '' | healthy-threshold | 2 | 10 | HealthyThreshold | 2 | 10 | 3",
                "udp  | '' | unhealthy-threshold | 2 | 10 | UnhealthyThreshold | 2 | 10 | 3",
                "udp  | '' | health-check-interval | 5 | 50 | HealthCheckInterval | 5 | 50 | 2",
                "udp  | '' | health-check-connect-timeout | 10 | 20 | HealthCheckConnectTimeout | 10 | 20 | 5",
                "http | '' | scheduler | rr | wrr | Scheduler | rr | wrr | wrr",
                "http | '' | idle-timeout | 1 | 60 | IdleTimeout | 1 | 60 | 15",
                "http | '' | request-timeout | 1 | 180 | RequestTimeout | 1 | 180 | 60",
                "http | '' | sticky-session | on | off | StickySession | on | off | off",
                "http | sticky-session=on | cookie-timeout | 10 | 1000 | CookieTimeout | 10 | 1000 | 500",
                "http | sticky-session=on;sticky-session-type=server | cookie | a | b | Cookie | a | b | b",
                "http | sticky-session=on;cookie=a | sticky-session-type | server | insert | StickySessionType | server"
                        + " | insert | insert",
                "http | '' | xforwardedfor-proto | on | off | XForwardedFor_proto | on | off | off",
                "http | '' | xforwardedfor-slbport | on | off | XForwardedFor_SLBPORT | on | off | off",
                "http | '' | xforwardedfor-clientsrcport | on | off | XForwardedFor_ClientSrcPort | on | off | off",
                "http | '' | health-check-flag | on | off | HealthCheck | on | off | off",
                "http | health-check-flag=on | health-check-uri | /a | /b " + " | HealthCheckURI | /a | /b | /?",
                "http | health-check-flag=on | health-check-domain | a.example.com | b.example.com | HealthCheckDomain"
                        + " | a.example.com | b.example.com | $_ip",
                "http | health-check-flag=on | health-check-httpcode | http_3xx | http_2xx,http_4xx"
                        + " | HealthCheckHttpCode | http_3xx | http_2xx,http_4xx | http_2xx",
                "http | health-check-flag=on | health-check-method | get | head | HealthCheckMethod | get"
                        + " | head | head",
                "http | health-check-flag=on | health-check-connect-port | 8080 | 9090 | HealthCheckConnectPort | 8080"
                        + " | 9090 | -520",
                "http | health-check-flag=on | healthy-threshold | 2 | 10 | HealthyThreshold | 2 | 10 | 3",
                "http | health-check-flag=on | unhealthy-threshold | 2 | 10 | UnhealthyThreshold | 2 | 10 | 3",
                "http | health-check-flag=on | health-check-interval | 5 | 50 | HealthCheckInterval | 5 | 50 | 2",
                "http | health-check-flag=on | health-check-timeout | 10 | 20 | HealthCheckTimeout | 10 | 20 | 5",
                "https | '' | tls-cipher-policy | tls_cipher_policy_1_1 | tls_cipher_policy_1_2_strict"
                        + " | TLSCipherPolicy"
                        + " | tls_cipher_policy_1_1 | tls_cipher_policy_1_2_strict | tls_cipher_policy_1_0",
                "https | '' | http2-enabled | off | on | EnableHttp2 | off | on | on"
            })
    void isSetChangedAndGoesBack(
            String protocol,
            String beside,
            String annotation,
            String given,
            String changed,
            String field,
            String asGiven,
            String asChanged,
            String without) {
        Map<String, String> annotations = beside(protocol, beside);

        assertThat(shown(protocol, annotations, annotation, given, field)).isEqualTo(asGiven);
        assertThat(shown(protocol, annotations, annotation, changed, field)).isEqualTo(asChanged);
        assertThat(shown(protocol, annotations, annotation, "", field)).isEqualTo(without);
        assertThat(bench.cloud.members()).hasSize(2);
    }

    private Map<String, String> beside(String protocol, String beside) {
        Map<String, String> annotations = new TreeMap<>(listed(beside));
        if (protocol.startsWith("http")) {
            annotations.put(PREFIX + "protocol-port", protocol + ":" + PORT);
        }
        if (protocol.equals("https")) {
            annotations.put(PREFIX + "cert-id", bench.certificate());
        }
        return annotations;
    }

    private String shown(String protocol, Map<String, String> beside, String annotation, String value, String field) {
        Map<String, String> annotations = new TreeMap<>(beside);
        if (!value.isEmpty()) {
            annotations.put(PREFIX + annotation, value);
        }
        if (protocol.equals("udp")) {
            bench.withUdp(annotations);
        } else {
            bench.with(1, annotations);
        }
        assertThat(bench.stage.condition("Programmed")).startsWith("True");
        assertThat(bench.stage.condition("BackendsComplete")).startsWith("True");
        assertThat(bench.writesIn(Duration.ofMinutes(12))).as("writes at rest").isZero();
        return bench.listener(PORT, field);
    }
}
