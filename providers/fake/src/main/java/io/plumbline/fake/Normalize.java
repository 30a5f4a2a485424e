package io.plumbline.fake;

import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Desired.DesiredPool;
import io.plumbline.spi.model.Setting;

/// What is wanted, with the defaults that this cloud enforces. Pure.
///
/// A setting that nobody asked for stays as the cloud has it, with one exception: a member that nobody
/// weighs gets the default weight, so that one that was drained comes back.
final class Normalize {
    private Normalize() {}

    static Desired normalize(Desired desired, Traits traits) {
        return new Desired(
                desired.key(),
                desired.claimants(),
                desired.loadBalancer(),
                desired.listeners(),
                desired.rules(),
                desired.pools().stream().map(pool -> weigh(pool, traits)).toList(),
                desired.accessLists(),
                desired.certificates(),
                desired.fate(),
                desired.problems());
    }

    private static DesiredPool weigh(DesiredPool pool, Traits traits) {
        return new DesiredPool(
                pool.pool(),
                pool.candidates().stream()
                        .map(candidate -> candidate.with(weigh(candidate.backend(), traits)))
                        .toList());
    }

    private static Backend weigh(Backend backend, Traits traits) {
        Setting<Integer> weight =
                traits.weights() ? backend.weight().or(Setting.managed(Limits.DEFAULT_WEIGHT)) : Setting.unmanaged();
        return new Backend(backend.key(), weight, backend.registrant());
    }
}
