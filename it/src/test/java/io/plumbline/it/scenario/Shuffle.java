package io.plumbline.it.scenario;

import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Actual.FoundPool;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.DesiredPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The same things in another order. Claims of one port keep theirs, which says who is older.
final class Shuffle {
    private final Random random;

    Shuffle(long seed) {
        this.random = new Random(seed);
    }

    Desired desired(Desired desired) {
        List<DesiredPool> pools = desired.pools().stream()
                .map(pool -> new DesiredPool(pool.pool(), list(pool.candidates())))
                .toList();
        return new Desired(
                desired.key(),
                desired.claimants(),
                desired.loadBalancer(),
                list(desired.listeners()),
                list(desired.rules()),
                list(pools),
                list(desired.accessLists()),
                list(desired.certificates()),
                desired.fate(),
                list(desired.problems()));
    }

    Actual actual(Actual actual) {
        List<FoundPool> pools = actual.pools().stream()
                .map(pool -> new FoundPool(pool.pool(), list(pool.members())))
                .toList();
        return new Actual(
                actual.key(),
                actual.loadBalancer(),
                actual.addresses(),
                actual.deletionProtected(),
                list(actual.listeners()),
                list(actual.rules()),
                list(pools),
                list(actual.accessLists()),
                list(actual.certificates()),
                actual.readAt());
    }

    private <T> List<T> list(List<T> list) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
