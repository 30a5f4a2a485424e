package io.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.change.Plan;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.Ownership;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.model.Transport;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
    private static final ObjectKey SHOP = ObjectKey.service("web", "shop");
    private static final PoolKey POOL = PoolKey.of(SHOP, Transport.TCP, 80);
    private static final Backend MEMBER =
            new Backend(new BackendKey(POOL, new Address.Ip("10.0.3.7"), 8080), Setting.managed(10), Optional.empty());
    private static final Reason WHY = new Reason(Reason.DIFFERS, "because");

    @Test
    void anUpdateTellsWhatItChanges() {
        Change update =
                new Change.Update(ours(), MEMBER, List.of(new FieldChange("weight", "0", "10")), WHY, List.of());

        assertThat(json(update)).isEqualTo("""
                        {"changes":[{"action":"update","kind":"Backend","key":"web/shop:tcp/80/10.0.3.7:8080",\
                        "reason":"because","fields":{"weight":{"from":"0","to":"10"}}}],"problems":[]}""");
    }

    @Test
    void aRemovalHasNoFields() {
        assertThat(json(new Change.Remove(ours(), WHY, List.of())))
                .contains("\"action\":\"remove\"", "\"fields\":{}}]");
        assertThat(json(new Change.Drain(ours(), WHY, List.of()))).contains("\"action\":\"drain\"", "\"fields\":{}}]");
    }

    @Test
    void waitingTellsForHowMany() {
        assertThat(json(new Change.Await(POOL, 2, Instant.EPOCH, WHY, List.of())))
                .contains("\"action\":\"await\",\"kind\":\"Pool\",\"key\":\"web/shop:tcp/80\"")
                .contains("\"fields\":{\"healthy\":2}");
    }

    @Test
    void whatIsLeftAloneIsAnEntryAndNothingToDo() {
        Planning planning = planning(new Change.Leave(MEMBER.key(), WHY));

        assertThat(PlanJson.of(planning)).contains("\"action\":\"leave\"", "\"reason\":\"because\"");
        assertThat(planning.converged()).isTrue();
        assertThat(planning(new Change.Remove(ours(), WHY, List.of())).converged())
                .isFalse();
    }

    @Test
    void problemsAreSortedAndToldOnce() {
        Problem first = new Problem(SHOP, "spec.a", "mend it");
        Problem second = new Problem(SHOP, "spec.b", "mend \"this\"");
        Plan plan = new Plan(key(), List.of(), List.of(second));

        assertThat(PlanJson.of(new Planning(List.of(plan), List.of(second, first, first))))
                .isEqualTo("""
                        {"changes":[],"problems":[\
                        {"object":"web/shop","field":"spec.a","message":"mend it"},\
                        {"object":"web/shop","field":"spec.b","message":"mend \\"this\\""}]}""");
    }

    private static String json(Change change) {
        return PlanJson.of(planning(change));
    }

    private static Planning planning(Change change) {
        return new Planning(List.of(new Plan(key(), List.of(change), List.of())), List.of());
    }

    private static LoadBalancerKey key() {
        return new LoadBalancerKey.Managed(SHOP, "uid");
    }

    private static Owned<Backend> ours() {
        Mark mark = new Mark("cluster", SHOP, "uid");
        return switch (Ownership.decide(mark, Optional.of(mark), MEMBER)) {
            case Owned<Backend> owned -> owned;
            case Ownership.Borrowed<Backend> borrowed -> throw new AssertionError();
            case Ownership.Foreign<Backend> foreign -> throw new AssertionError();
        };
    }
}
