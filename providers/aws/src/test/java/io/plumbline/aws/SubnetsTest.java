package io.plumbline.aws;

import static io.plumbline.aws.Ec2Replies.list;
import static io.plumbline.aws.Ec2Replies.refusal;
import static io.plumbline.aws.Ec2Replies.routes;
import static io.plumbline.aws.Ec2Replies.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.aws.AwsLoadBalancerOptions.Addresses;
import io.plumbline.aws.Requests.Place;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Rejected;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where a load balancer is put: by the user's words, by role tags, by routes; and what is refused.
class SubnetsTest {
    private static final String PUBLIC = "kubernetes.io/role/elb=1";
    private static final String INTERNAL = "kubernetes.io/role/internal-elb=1";

    private final Wire wire = new Wire();
    private Instant now = Examples.NOW;
    private final Subnets subnets = new Subnets(new Inquiries(wire.calls), () -> now);

    @BeforeEach
    void noRoutes() {
        wire.answers("DescribeRouteTables", 200, list("DescribeRouteTables", "routeTableSet"));
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    private void exist(String... subnets) {
        wire.answers("DescribeSubnets", 200, list("DescribeSubnets", "subnetSet", subnets));
    }

    @ParameterizedTest
    @CsvSource({"INTERNET, subnet-1", "INTERNAL, subnet-2"})
    void thoseWithTheRoleTagOfTheSchemeAreChosen(Scheme scheme, String expected) {
        exist(
                subnet("subnet-1", "a", "10.1.0.0/16", PUBLIC),
                subnet("subnet-2", "a", "10.2.0.0/16", INTERNAL),
                subnet("subnet-3", "b", "10.3.0.0/16"));

        assertThat(ids(place(scheme, options()))).containsExactly(expected);
    }

    @Test
    void anEmptyRoleTagIsOneAndAnotherValueIsNone() {
        exist(
                subnet("subnet-1", "a", "10.1.0.0/16", "kubernetes.io/role/elb=0"),
                subnet("subnet-2", "b", "10.2.0.0/16", "kubernetes.io/role/elb="));

        assertThat(ids(place(Scheme.INTERNET, options()))).containsExactly("subnet-2");
    }

    @Test
    void ofSeveralInAZoneTheOneWhoseIdComesFirstIsChosen() {
        exist(
                subnet("subnet-3", "a", "10.3.0.0/16", PUBLIC),
                subnet("subnet-1", "a", "10.1.0.0/16", PUBLIC),
                subnet("subnet-2", "b", "10.2.0.0/16", PUBLIC));

        assertThat(ids(place(Scheme.INTERNET, options()))).containsExactly("subnet-1", "subnet-2");
    }

    /// Subnet 1 has a table of its own, the others the main one.
    @ParameterizedTest
    @CsvSource({"INTERNET, subnet-1", "INTERNAL, subnet-2"})
    void withoutTagsTheirRoutesTell(Scheme scheme, String expected) {
        exist(subnet("subnet-1", "a", "10.1.0.0/16"), subnet("subnet-2", "b", "10.2.0.0/16"));
        wire.answers(
                "DescribeRouteTables",
                200,
                list(
                        "DescribeRouteTables",
                        "routeTableSet",
                        routes("nat-1", "<main>true</main>"),
                        routes("igw-1", "<main>false</main><subnetId>subnet-1</subnetId>")));

        assertThat(ids(place(scheme, options()))).containsExactly(expected);
    }

    @Test
    void whereNoneIsFoundTheTagIsNamed() {
        exist();

        assertThat(why(place(Scheme.INTERNET, options())))
                .isEqualTo("no subnet was found for an internet-facing load balancer: tag the subnets it may stand in"
                        + " with kubernetes.io/role/elb=1, or name them in " + Annotations.BETA + Annotations.SUBNETS);
        assertThat(why(place(Scheme.INTERNAL, options()))).contains("kubernetes.io/role/internal-elb=1");
    }

    @Test
    void theUserNamesThemByIdOrByName() {
        exist(
                subnet("subnet-1", "a", "10.1.0.0/16", PUBLIC),
                subnet("subnet-2", "b", "10.2.0.0/16", "Name=edge"),
                subnet("subnet-3", "c", "10.3.0.0/16"));

        assertThat(ids(place(Scheme.INTERNET, options("edge", "subnet-3")))).containsExactly("subnet-2", "subnet-3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "subnet-9;            there is no subnet subnet-9 in the VPC: correct aws-load-balancer-subnets",
                "edge;                several subnets are named edge: name the one that is meant by its id in"
                        + " aws-load-balancer-subnets",
                "subnet-1 subnet-3;   subnets subnet-1 and subnet-3 are in the same zone a: name one of each zone in"
                        + " aws-load-balancer-subnets",
            })
    void whatTheUserNamesWronglyIsRefused(String named, String message) {
        exist(
                subnet("subnet-1", "a", "10.1.0.0/16", "Name=edge"),
                subnet("subnet-2", "b", "10.2.0.0/16", "Name=edge"),
                subnet("subnet-3", "a", "10.3.0.0/16"));

        assertThat(why(place(Scheme.INTERNET, options(named.split(" ", -1))))).isEqualTo(message);
    }

    @Test
    void theyAreReadOnceInTenMinutes() {
        exist(subnet("subnet-1", "a", "10.1.0.0/16", PUBLIC));
        place(Scheme.INTERNET, options());
        now = now.plus(Duration.ofMinutes(9));
        place(Scheme.INTERNET, options());
        assertThat(wire.sent("DescribeSubnets")).isEqualTo(1);

        now = now.plus(Duration.ofMinutes(1));
        place(Scheme.INTERNET, options());

        assertThat(wire.sent("DescribeSubnets")).isEqualTo(2);
    }

    @Test
    void afterANameThatIsNotKnownTheyAreReadAgainAtOnce() {
        exist();
        place(Scheme.INTERNET, options("subnet-1"));
        exist(subnet("subnet-1", "a", "10.1.0.0/16"));

        assertThat(ids(place(Scheme.INTERNET, options("subnet-1")))).containsExactly("subnet-1");
    }

    @Test
    void whatCannotBeReadIsNotTakenAsEmpty() {
        wire.answers("DescribeSubnets", 503, refusal("RequestLimitExceeded"));

        assertThat(place(Scheme.INTERNET, options()))
                .isInstanceOfSatisfying(
                        Answer.Missed.class,
                        missed -> assertThat(missed.failure()).isInstanceOf(Outcome.Retry.class));

        exist(subnet("subnet-1", "a", "10.1.0.0/16", PUBLIC));
        assertThat(ids(place(Scheme.INTERNET, options()))).containsExactly("subnet-1");
    }

    @Test
    void addressesGoWhereTheirRangeIs() {
        exist(subnet("subnet-1", "a", "10.1.0.0/16", INTERNAL), subnet("subnet-2", "b", "10.2.0.0/16", INTERNAL));
        Addresses addresses = new Addresses(
                Setting.unmanaged(),
                Setting.managed(List.of("10.2.0.9", "10.1.0.9")),
                Setting.managed(List.of("2001:db8:0:1::9", "2001:db8:0:2::9")));

        List<Place> places =
                place(Scheme.INTERNAL, with(addresses)).asOptional().orElseThrow();

        assertThat(places).extracting(place -> place.ipv4().orElse("")).containsExactly("10.1.0.9", "10.2.0.9");
        assertThat(places)
                .extracting(place -> place.ipv6().orElse(""))
                .containsExactly("2001:db8:0:1::9", "2001:db8:0:2::9");
    }

    @Test
    void anAddressWithoutAPlaceIsRefused() {
        exist(subnet("subnet-1", "a", "10.1.0.0/16", INTERNAL));
        Addresses addresses =
                new Addresses(Setting.unmanaged(), Setting.managed(List.of("10.9.0.9")), Setting.unmanaged());

        assertThat(why(place(Scheme.INTERNAL, with(addresses))))
                .isEqualTo("aws-load-balancer-private-ipv4-addresses names 10.9.0.9, which has no place in the load"
                        + " balancer's subnets: name one address for each subnet");
    }

    private Answer<List<Place>> place(Scheme scheme, AwsLoadBalancerOptions options) {
        return subnets.places(
                new LoadBalancer(Examples.KEY, Setting.managed(scheme), Setting.managed(AddressFamily.IPV4), options));
    }

    private static AwsLoadBalancerOptions options(String... subnets) {
        return options(
                subnets.length == 0 ? Setting.unmanaged() : Setting.managed(List.of(subnets)), Addresses.unmanaged());
    }

    private static AwsLoadBalancerOptions with(Addresses addresses) {
        return options(Setting.unmanaged(), addresses);
    }

    private static AwsLoadBalancerOptions options(Setting<List<String>> subnets, Addresses addresses) {
        return new AwsLoadBalancerOptions(
                Setting.unmanaged(),
                subnets,
                Setting.unmanaged(),
                Setting.unmanaged(),
                addresses,
                Setting.unmanaged(),
                Setting.unmanaged(),
                LoadBalancerAttributes.unmanaged());
    }

    private static List<String> ids(Answer<List<Place>> answer) {
        return answer.asOptional().orElseThrow().stream().map(Place::subnet).toList();
    }

    private static String why(Answer<List<Place>> answer) {
        return answer instanceof Answer.Missed<List<Place>>(Rejected(var because, String message)) ? message : "none";
    }
}
