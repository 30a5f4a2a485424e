package io.plumbline.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.fake.Faults.Effect;
import io.plumbline.fake.Faults.Fault;
import io.plumbline.spi.Answer;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Outcome;
import io.plumbline.spi.Provider.ReadRequest;
import io.plumbline.spi.Provider.Resolution;
import io.plumbline.spi.Scope;
import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FakeProviderTest {
    private static final Traits.Pace SLOW = Traits.Pace.slow();

    static Stream<Traits> everyCloud() {
        return Stream.of(
                Traits.group(),
                Traits.inline(),
                Traits.group().at(SLOW),
                Traits.inline().at(SLOW));
    }

    @ParameterizedTest
    @MethodSource("everyCloud")
    void whatIsMadeIsReadBackAsOurs(Traits traits) {
        Given given = new Given(traits).serving("10.0.0.1", "10.0.0.2");

        Actual actual = given.actual();

        assertThat(actual.loadBalancer().orElseThrow().resource()).isInstanceOf(Owned.class);
        assertThat(actual.listeners()).singleElement().satisfies(found -> {
            assertThat(found.resource()).isInstanceOf(Owned.class);
            assertThat(found.resource().value().pools()).containsExactly(Given.POOL);
        });
        assertThat(actual.pool(Given.POOL).orElseThrow().members())
                .extracting(member -> member.backend().value().key())
                .containsExactly(Given.key("10.0.0.1"), Given.key("10.0.0.2"));
    }

    @ParameterizedTest
    @MethodSource("everyCloud")
    void makingWhatIsThereIsDone(Traits traits) {
        Given given = new Given(traits).serving("10.0.0.1");

        given.done(Given.create(Given.loadBalancer()));
        given.done(Given.create(Given.listener()));
        given.done(Given.create(Given.backend("10.0.0.1")));

        assertThat(given.cloud.state().balancers()).singleElement().satisfies(balancer -> {
            assertThat(balancer.listeners()).hasSize(1);
            assertThat(balancer.groups())
                    .singleElement()
                    .satisfies(group -> assertThat(group.members()).hasSize(1));
        });
    }

    @ParameterizedTest
    @MethodSource("everyCloud")
    void removingWhatIsAbsentIsDone(Traits traits) {
        Given given = new Given(traits).serving();

        given.done(Given.remove(Given.owned(Given.backend("10.0.0.9"))));
        given.done(Given.drain(Given.owned(Given.backend("10.0.0.9"))));
    }

    @ParameterizedTest
    @MethodSource("everyCloud")
    void aLostReplyLeavesNoDuplicate(Traits traits) {
        Given given = new Given(traits);
        given.cloud.faults().add(Fault.first("CreateBalancer", Effect.LOSE_REPLY));
        given.cloud.faults().add(Fault.first("CreateListener", Effect.LOSE_REPLY));

        Outcome first = given.apply(Given.create(Given.loadBalancer())).getFirst();
        assertThat(first)
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.why()).isEqualTo(Outcome.Why.UNREACHABLE));
        given.done(Given.create(Given.loadBalancer()));
        if (!traits.inlinePools()) {
            given.done(Given.create(Given.pool()));
        }
        assertThat(given.apply(Given.create(Given.listener())).getFirst()).isInstanceOf(Outcome.Retry.class);
        given.wait(SLOW.task());
        given.done(Given.create(Given.listener()));

        assertThat(given.cloud.state().balancers())
                .singleElement()
                .satisfies(balancer -> assertThat(balancer.listeners()).hasSize(1));
    }

    @Test
    void drainingByWeightKeepsTheMember() {
        Given given = new Given(Traits.group()).serving("10.0.0.1");

        given.done(Given.drain(Given.owned(Given.backend("10.0.0.1"))));

        assertThat(given.actual().pool(Given.POOL).orElseThrow().members())
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.state()).isEqualTo(Actual.State.STOPPED);
                    assertThat(member.backend().value().weight()).isEqualTo(Setting.managed(0));
                });
    }

    @Test
    void drainingByDeregistrationShowsTheMemberUntilItsTimeIsOver() {
        Traits.Pace lingering =
                new Traits.Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30));
        Given given =
                new Given(Traits.group().draining(Capabilities.Drain.DEREGISTER).at(lingering)).serving("10.0.0.1");

        given.done(Given.drain(Given.owned(Given.backend("10.0.0.1"))));

        assertThat(given.actual().pool(Given.POOL).orElseThrow().members())
                .extracting(Actual.Member::state)
                .containsExactly(Actual.State.STOPPED);
        given.wait(Duration.ofSeconds(30));
        assertThat(given.actual().pool(Given.POOL).orElseThrow().members()).isEmpty();
    }

    @Test
    void membersGoTogetherInOneCallAndTheRestInTheNext() {
        Given given = new Given(Traits.inline().withBackendsPerCall(2)).serving();

        List<Outcome> outcomes = given.apply(
                Given.create(Given.backend("10.0.0.1")),
                Given.create(Given.backend("10.0.0.2")),
                Given.create(Given.backend("10.0.0.3")));

        assertThat(outcomes).hasSize(3).allMatch(outcome -> outcome instanceof Outcome.Done);
        assertThat(given.cloud.log().calls()).containsEntry("AddMembers", 2);
    }

    @Test
    void aPartialFailureIsToldForEachChange() {
        Given given = new Given(Traits.group()).serving();
        given.cloud.faults().add(Fault.first("AddMembers", Effect.PARTIAL));

        List<Outcome> outcomes = given.apply(
                Given.create(Given.backend("10.0.0.1")),
                Given.create(Given.backend("10.0.0.2")),
                Given.create(Given.backend("10.0.0.3")));

        assertThat(outcomes)
                .extracting(outcome -> (Object) outcome.getClass().getSimpleName())
                .containsExactly("Done", "Retry", "Done");
        assertThat(given.actual().pool(Given.POOL).orElseThrow().members()).hasSize(2);
    }

    @Test
    void aBackendIsUniqueOnItsLoadBalancerWhereTheCloudSaysSo() {
        Given given = new Given(Traits.inline()).serving("10.0.0.1");
        given.cloud.edit(
                "a second listener with the same member",
                state -> state.with(state.balancers()
                        .getFirst()
                        .put(FakeState.Listener.of("lsn-x", Optional.of(Given.MARK), Transport.TCP, 81, "lsn-x"))
                        .put(FakeState.Group.of(
                                "lsn-x",
                                Optional.of(Given.MARK),
                                "tcp/81",
                                Transport.TCP,
                                List.of(FakeState.Member.of(
                                        new Address.Ip("10.0.0.2"), 8080, Health.Status.HEALTHY))))));

        Outcome outcome = given.apply(Given.create(Given.backend("10.0.0.2"))).getFirst();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.because()).isEqualTo(Outcome.Because.CONFLICT));
    }

    @Test
    void aBusyLoadBalancerTakesNoOtherWrite() {
        Given given = new Given(Traits.inline().at(SLOW)).serving();

        List<Outcome> outcomes = given.apply(
                Given.create(Given.backend("10.0.0.1")), Given.remove(Given.owned(Given.backend("10.0.0.2"))));
        Outcome another = given.apply(Given.create(Given.backend("10.0.0.3"))).getFirst();

        assertThat(outcomes.get(0)).isInstanceOf(Outcome.Pending.class);
        assertThat(outcomes.get(1))
                .isEqualTo(new Outcome.Retry(SLOW.task(), Outcome.Why.POSTPONED, "the cloud works on a change before"));
        assertThat(another)
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.why()).isEqualTo(Outcome.Why.BUSY));
    }

    @Test
    void aFailedTaskChangesNothingAndIsTold() {
        Given given = new Given(Traits.inline().at(SLOW)).serving();
        given.cloud.faults().add(Fault.first("AddMembers", Effect.FAIL_TASK));

        Outcome.Pending pending = (Outcome.Pending)
                given.apply(Given.create(Given.backend("10.0.0.1"))).getFirst();
        given.wait(SLOW.task());

        assertThat(given.provider.poll(Given.KEY, pending.task())).isInstanceOf(Outcome.Retry.class);
        assertThat(given.actual().pool(Given.POOL).orElseThrow().members()).isEmpty();
    }

    @Test
    void anUnknownTaskIsStale() {
        Given given = new Given(Traits.group());

        Outcome outcome = given.provider.poll(Given.KEY, new Outcome.Task("task-77", "create", Ids.none()));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, retry -> assertThat(retry.why()).isEqualTo(Outcome.Why.STALE));
    }

    @Test
    void aNewLoadBalancerIsProvisionedForAWhile() {
        Given given = new Given(Traits.group().at(SLOW));
        given.done(Given.create(Given.loadBalancer()));

        assertThat(given.actual().loadBalancer().orElseThrow().state()).isEqualTo(Actual.State.PROVISIONING);
        given.wait(SLOW.provisioning());
        assertThat(given.actual().loadBalancer().orElseThrow().state()).isEqualTo(Actual.State.ACTIVE);
    }

    @Test
    void aNewMemberIsProbedForAWhileAndThenWhatTheTestSays() {
        Given given = new Given(Traits.inline().at(SLOW)).serving("10.0.0.1");

        assertThat(given.health().of(Given.key("10.0.0.1"))).contains(Health.Status.PROBING);
        given.wait(SLOW.probing());
        assertThat(given.health().of(Given.key("10.0.0.1"))).contains(Health.Status.HEALTHY);
        given.cloud.setHealth("10.0.0.1:8080", Health.Status.UNHEALTHY);
        assertThat(given.health().of(Given.key("10.0.0.1"))).contains(Health.Status.UNHEALTHY);
    }

    @Test
    void expiredCredentialsAreNeverAnEmptyCloud() {
        Given given = new Given(Traits.group()).serving("10.0.0.1");
        given.cloud.faults().badCredentials(true);

        Answer<Actual> answer = given.provider.read(
                new ReadRequest(Given.KEY, new Scope.Whole(), Given.MARK, List.of(Given.MARK), Ids.none()));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Missed.class,
                        missed -> assertThat(missed.failure())
                                .isEqualTo(new Outcome.Rejected(
                                        Outcome.Because.CREDENTIALS, "the credentials have expired")));
    }

    @Test
    void aStaleReadShowsWhatWasThereOneWindowAgo() {
        Given given = new Given(Traits.group());
        given.done(Given.create(Given.loadBalancer()));
        given.cloud.faults().staleReads(true);

        assertThat(given.actual().loadBalancer()).isEmpty();
        given.wait(Traits.group().pace().consistencyWindow());
        assertThat(given.actual().loadBalancer()).isPresent();
    }

    @Test
    void theCloudOutlivesTheProvider() {
        Given given = new Given(Traits.group()).serving("10.0.0.1");
        Ids before = given.actual().ids();

        FakeProvider restarted = new FakeProvider(given.cloud, CallGate.OPEN);

        Actual after = restarted
                .read(new ReadRequest(Given.KEY, new Scope.Whole(), Given.MARK, List.of(Given.MARK), Ids.none()))
                .asOptional()
                .orElseThrow();
        assertThat(after.ids()).isEqualTo(before);
    }

    @Test
    void aCrashComesBeforeOrAfterTheCall() {
        Given given = new Given(Traits.group());
        given.cloud.faults().add(new Fault(Faults.ANY_WRITE, 1, 1, Effect.CRASH_BEFORE));
        given.cloud.faults().add(new Fault(Faults.ANY_WRITE, 2, 1, Effect.CRASH_AFTER));

        assertThatThrownBy(() -> given.apply(Given.create(Given.loadBalancer())))
                .isInstanceOf(Faults.Crash.class);
        assertThat(given.cloud.state().balancers()).isEmpty();
        assertThatThrownBy(() -> given.apply(Given.create(Given.loadBalancer())))
                .isInstanceOf(Faults.Crash.class);
        assertThat(given.cloud.state().balancers()).hasSize(1);
    }

    @Test
    void aShutGateSendsNothing() {
        Given given = new Given(Traits.group());
        Outcome.Retry later = new Outcome.Retry(Duration.ofSeconds(3), Outcome.Why.THROTTLED, "later");
        FakeProvider gated = new FakeProvider(given.cloud, (action, sort) -> new CallGate.Permission.NotNow(later));

        Answer<Actual> answer =
                gated.read(new ReadRequest(Given.KEY, new Scope.Whole(), Given.MARK, List.of(Given.MARK), Ids.none()));

        assertThat(answer).isEqualTo(new Answer.Missed<>(later));
        assertThat(given.cloud.log().calls()).isEmpty();
    }

    @Test
    void anExistingLoadBalancerIsBorrowedAndAStrangersListenerForeign() {
        Given given = new Given(Traits.inline());
        given.cloud.load(new FakeState(List.of(FakeState.Balancer.of(
                "lb-user",
                Optional.empty(),
                "by hand",
                List.of(FakeState.Listener.of("lsn-user", Optional.empty(), Transport.TCP, 443, "lsn-user")),
                List.of(FakeState.Group.of("lsn-user", Optional.empty(), "", Transport.TCP, List.of()))))));

        Actual actual = given.actual(new LoadBalancerKey.Existing("fake", "memory", "lb-user"), Given.MARK);

        assertThat(actual.loadBalancer().orElseThrow().resource()).isInstanceOf(Ownership.Borrowed.class);
        assertThat(actual.listeners())
                .singleElement()
                .satisfies(found -> assertThat(found.resource()).isInstanceOf(Ownership.Foreign.class));
    }

    @Test
    void whatAnotherClusterOrControllerHasMarkedIsForeign() {
        Given given = new Given(Traits.group());
        Mark other = new Mark("cluster-2", ObjectKey.service("web", "shop"), "uid-1");
        given.cloud.load(new FakeState(
                List.of(FakeState.Balancer.of("lb-1", Optional.of(other), "web/shop", List.of(), List.of()))));

        Actual named = given.actual(new LoadBalancerKey.Existing("fake", "memory", "lb-1"), Given.MARK);

        assertThat(named.loadBalancer().orElseThrow().resource()).isInstanceOf(Ownership.Foreign.class);
        assertThat(given.actual().loadBalancer()).isEmpty();
    }

    @Test
    void aGroupIsFoundByEveryMemberOfTheCluster() {
        Given given = new Given(Traits.group());
        LoadBalancerKey group = new LoadBalancerKey.Group("shared");
        given.apply(
                group,
                Given.MARK,
                Given.create(new LoadBalancer(
                        group, Setting.unmanaged(), Setting.unmanaged(), FakeOptions.OfBalancer.unmanaged())));
        Mark second = new Mark("cluster-1", ObjectKey.service("web", "blog"), "uid-2");

        Actual seen = given.actual(group, second);

        assertThat(seen.loadBalancer().orElseThrow().resource()).isInstanceOf(Owned.class);
    }

    @Test
    void aLabelSaysWhoRegistered() {
        Given given = new Given(Traits.group().labelling(true)).serving("10.0.0.1");

        Backend seen = given.actual()
                .pool(Given.POOL)
                .orElseThrow()
                .members()
                .getFirst()
                .backend()
                .value();

        assertThat(seen.registrant()).contains(Mark.shortHash("pod-10.0.0.1"));
    }

    @Test
    void thePoolsTimelineTellsWhoServedAndWhen() {
        Given given = new Given(Traits.group()).serving("10.0.0.1");
        String group = given.actual().ids().id(Given.POOL).orElseThrow();

        given.wait(Duration.ofSeconds(1));
        given.cloud.setHealth("10.0.0.1:8080", Health.Status.UNHEALTHY);
        given.wait(Duration.ofSeconds(1));
        given.done(Given.remove(Given.owned(Given.backend("10.0.0.1"))));

        assertThat(given.cloud.log().timeline(group))
                .extracting(ChangeLog.Moment::serving, ChangeLog.Moment::healthy)
                .containsExactly(tuple(0, 0), tuple(1, 1), tuple(1, 0), tuple(0, 0));
        assertThat(given.cloud.log().writes()).isEqualTo(5);
    }

    @Test
    void anAwaitAndALeaveAreDoneByDoingNothing() {
        Given given = new Given(Traits.group()).serving();
        int writes = given.cloud.log().writes();

        List<Outcome> outcomes = given.apply(new Change.Leave(Given.KEY, new Reason("Foreign", "not ours")));

        assertThat(outcomes).containsExactly(new Outcome.Done());
        assertThat(given.cloud.log().writes()).isEqualTo(writes);
    }

    @Test
    void anAddressOutsideTheNetworkIsUnknownAndNoError() {
        Given given = new Given(Traits.group());
        Address inside = new Address.Ip("10.0.0.1");
        Address outside = new Address.Ip("172.16.0.1");
        given.cloud.forget(outside);

        SortedMap<Address, Resolution> known =
                given.provider.resolve(List.of(inside, outside)).asOptional().orElseThrow();

        assertThat(known.values()).extracting(Resolution::known).containsExactly(true, false);
    }

    @Test
    void aLoadBalancerThatIsNotEmptyStaysWhereTheCloudSaysSo() {
        Given given = new Given(Traits.group().removing(Capabilities.Cascade.NOTHING)).serving();

        Outcome outcome =
                given.apply(Given.remove(Given.owned(Given.loadBalancer()))).getFirst();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.because()).isEqualTo(Outcome.Because.CONFLICT));
        assertThat(given.actual().loadBalancer()).isPresent();
    }
}
