package io.plumbline.app;

import io.plumbline.fake.FakeCloud;
import io.plumbline.fake.FakeProvider;
import io.plumbline.fake.Traits;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/// A cloud in the program's own memory, to try things with: it ends with the process.
final class FakeEntry {
    static final ProviderEntry ENTRY =
            new ProviderEntry("fake", "A cloud in memory", List.of(), List.of(), FakeEntry::offline, FakeEntry::online);

    private FakeEntry() {}

    private static Provider offline() {
        return new FakeProvider(cloud(), CallGate.OPEN);
    }

    private static Function<CallGate, Provider> online(ProviderSettings settings) {
        FakeCloud cloud = cloud();
        return gate -> new FakeProvider(cloud, gate);
    }

    private static FakeCloud cloud() {
        return new FakeCloud(Traits.group(), InstantSource.system());
    }
}
