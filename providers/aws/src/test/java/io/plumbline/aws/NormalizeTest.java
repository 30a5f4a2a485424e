package io.plumbline.aws;

import static io.plumbline.aws.Examples.KEY;
import static io.plumbline.aws.Examples.MARK;
import static io.plumbline.aws.Examples.NOW;
import static io.plumbline.aws.Examples.listener;
import static io.plumbline.aws.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Dialect.Wishes;
import io.plumbline.spi.model.AccessList;
import io.plumbline.spi.model.AccessListKey;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.ListenerClaim;
import io.plumbline.spi.model.Desired.ListenerClaims;
import io.plumbline.spi.model.Listener;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NormalizeTest {
    private static final AccessListKey OF_SERVICE = new AccessListKey("web/shop");

    @Test
    void aLoadBalancerGetsItsSecurityGroupWithARuleForEachPortAndSource() {
        Desired normal = Normalize.normalize(desired(
                KEY,
                Map.of(
                        Annotations.SOURCE_RANGES, "10.1.2.3/8",
                        Annotations.PREFIX_LISTS, "pl-1",
                        Annotations.ICMP, "on"),
                listener(80),
                listener(443)));

        assertThat(normal.accessLists()).singleElement().satisfies(list -> {
            assertThat(list.key()).isEqualTo(OF_SERVICE);
            assertThat(list.sourceRanges()).containsExactly("10.0.0.0/8");
            assertThat(AwsAccessListOptions.of(list.options()).rules())
                    .isEqualTo(Setting.managed(List.of(
                            "icmp/3:4 from 10.0.0.0/8",
                            "icmp/3:4 from pl-1",
                            "tcp/443 from 10.0.0.0/8",
                            "tcp/443 from pl-1",
                            "tcp/80 from 10.0.0.0/8",
                            "tcp/80 from pl-1")));
        });
    }

    @Test
    void clientsOfBothFamiliesAreLetInWhereTheLoadBalancerHasBoth() {
        Desired everybody =
                Normalize.normalize(desired(KEY, Map.of(Annotations.IP_ADDRESS_TYPE, "dualstack"), listener(80)));
        Desired somebody = Normalize.normalize(desired(
                KEY,
                Map.of(
                        Annotations.IP_ADDRESS_TYPE, "dualstack",
                        Annotations.SOURCE_RANGES, "10.1.2.3/8,2001:DB8:0::7/32",
                        Annotations.ICMP, "on"),
                listener(80)));

        assertThat(rules(everybody)).containsExactly("tcp/80 from 0.0.0.0/0", "tcp/80 from ::/0");
        assertThat(rules(somebody))
                .containsExactly(
                        "icmp/3:4 from 10.0.0.0/8",
                        "icmpv6/2:0 from 2001:db8::/32",
                        "tcp/80 from 10.0.0.0/8",
                        "tcp/80 from 2001:db8::/32");
    }

    /// A load balancer of both families whose annotation is mistyped loses nobody.
    @Test
    void aFamilyThatCannotBeReadLetsBothIn() {
        assertThat(rules(Normalize.normalize(
                        desired(KEY, Map.of(Annotations.IP_ADDRESS_TYPE, "dual-stack"), listener(80)))))
                .containsExactly("tcp/80 from 0.0.0.0/0", "tcp/80 from ::/0");
    }

    @Test
    void whereOneOfTheRangesIsNoneNobodyIsLetIn() {
        assertThat(rules(Normalize.normalize(
                        desired(KEY, Map.of(Annotations.SOURCE_RANGES, "10.0.0.0/8,10.0.0.0/33"), listener(80)))))
                .isEmpty();
    }

    private static List<String> rules(Desired desired) {
        return AwsAccessListOptions.of(desired.accessLists().getFirst().options())
                .rules()
                .asOptional()
                .orElseThrow();
    }

    @Test
    void aPortWithSourcesOfItsOwnIsOpenToThoseAlone() {
        Listener.Tcp plain = (Listener.Tcp) listener(80);
        Listener restricted = new Listener.Tcp(
                plain.key(), plain.pool(), Setting.managed(Optional.of(OF_SERVICE)), true, plain.options());

        Desired normal = Normalize.normalize(desired(KEY, Map.of(), restricted, listener(443)));

        assertThat(AwsAccessListOptions.of(normal.accessLists().getFirst().options())
                        .rules())
                .isEqualTo(Setting.managed(List.of("tcp/443 from 0.0.0.0/0", "tcp/80 from 192.168.0.0/16")));
        assertThat(Listeners.accessList(
                        normal.listeners().getFirst().claims().getFirst().listener()))
                .isEqualTo(Setting.unmanaged());
    }

    @Test
    void theUsersOwnLoadBalancerGetsNone() {
        LoadBalancerKey existing = new LoadBalancerKey.Existing("aws", "eu-central-1", "by-hand");

        assertThat(Normalize.normalize(desired(existing, Map.of(), listener(80)))
                        .accessLists())
                .isEmpty();
    }

    @Test
    void tlsIsASettingOfATcpListener() {
        AwsListenerOptions tls = AwsListenerOptions.unmanaged().withProtocol(Setting.managed("TLS"));

        assertThat(normalized(tls)).isEqualTo(tls);
    }

    @Test
    void withoutACertificateTheProtocolStaysAsItIs() {
        assertThat(normalized(AwsListenerOptions.unmanaged())).isEqualTo(AwsListenerOptions.unmanaged());
    }

    private static AwsListenerOptions normalized(AwsListenerOptions options) {
        Listener.Tcp tcp = (Listener.Tcp) listener(443);
        Listener tls = new Listener.Tls(tcp.key(), tcp.pool(), List.of(), Setting.unmanaged(), true, options);
        Desired normal = Normalize.normalize(desired(KEY, Map.of(), tls));
        Listener.Tcp made =
                (Listener.Tcp) normal.listeners().getFirst().claims().getFirst().listener();
        return AwsListenerOptions.of(made.options());
    }

    @Test
    void doingItAgainChangesNothing() {
        Desired once = Normalize.normalize(desired(KEY, Map.of(), listener(80)));

        assertThat(Normalize.normalize(once)).isEqualTo(once);
    }

    private static Desired desired(LoadBalancerKey key, Map<String, String> annotations, Listener... listeners) {
        TreeMap<String, String> written = new TreeMap<>();
        annotations.forEach((name, value) -> written.put(Annotations.BETA + name, value));
        Wishes wishes =
                new AwsDialect().interpret(service(written), List.of(), true).wishes();
        return new Desired(
                key,
                List.of(new Desired.Claimant(MARK, NOW, false, false, false)),
                Optional.of(new LoadBalancer(key, wishes.scheme(), wishes.addressFamily(), wishes.options())),
                List.of(listeners).stream()
                        .map(listener -> new ListenerClaims(listener.key(), List.of(new ListenerClaim(MARK, listener))))
                        .toList(),
                List.of(),
                List.of(),
                List.of(new AccessList(OF_SERVICE, List.of("192.168.0.0/16"), new Options.None())),
                List.of(),
                Desired.Fate.WANTED,
                List.of());
    }
}
