package io.plumbline.app;

import io.plumbline.app.ProviderOptions.ProviderSettings;
import io.plumbline.fake.FakeCloud;
import io.plumbline.fake.FakeProvider;
import io.plumbline.fake.Traits;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import io.plumbline.tencent.TencentProvider;
import io.plumbline.tencent.TencentSettings;
import io.plumbline.tencent.TencentSettings.Keys;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes providers by name.
final class Providers {
    private static final String SECRET_ID = "TENCENTCLOUD_SECRET_ID";
    private static final String SECRET_KEY = "TENCENTCLOUD_SECRET_KEY";
    private static final String TOKEN = "TENCENTCLOUD_TOKEN";

    private Providers() {}

    /// A provider that calls its cloud through the gate it is given.
    ///
    /// @throws UserError naming all that is missing
    static Function<CallGate, Provider> online(String name, ProviderSettings settings) {
        return switch (name) {
            case "tencent" -> {
                TencentSettings tencent = tencent(settings);
                yield gate -> new TencentProvider(tencent, gate, InstantSource.system());
            }
            case "fake" -> {
                FakeCloud cloud = new FakeCloud(Traits.group(), InstantSource.system());
                yield gate -> new FakeProvider(cloud, gate);
            }
            default -> throw unknown(name);
        };
    }

    /// A provider for its pure verbs alone: it reads annotations and fills in defaults, and has no account.
    static Provider offline(String name) {
        return switch (name) {
            case "tencent" ->
                new TencentProvider(
                        TencentSettings.of("offline", "offline", new Keys("", "")),
                        CallGate.OPEN,
                        InstantSource.system());
            case "fake" -> new FakeProvider(new FakeCloud(Traits.group(), InstantSource.system()), CallGate.OPEN);
            default -> throw unknown(name);
        };
    }

    private static TencentSettings tencent(ProviderSettings settings) {
        List<String> missing = new ArrayList<>();
        Map<String, String> environment = settings.environment();
        if (settings.tencentRegion().isEmpty()) {
            missing.add("--tencent-region");
        }
        if (settings.tencentVpcId().isEmpty()) {
            missing.add("--tencent-vpc-id");
        }
        for (String variable : List.of(SECRET_ID, SECRET_KEY)) {
            if (environment.getOrDefault(variable, "").isBlank()) {
                missing.add("environment variable " + variable);
            }
        }
        if (!missing.isEmpty()) {
            throw new UserError("provider tencent needs " + String.join(", ", missing));
        }
        Keys keys = new Keys(
                environment.getOrDefault(SECRET_ID, ""),
                environment.getOrDefault(SECRET_KEY, ""),
                Optional.ofNullable(environment.get(TOKEN)));
        return new TencentSettings(
                settings.tencentRegion().orElseThrow(),
                settings.tencentVpcId().orElseThrow(),
                () -> keys,
                settings.tencentEndpoint(),
                Optional.empty(),
                TencentSettings.USUAL_TIMEOUT);
    }

    private static UserError unknown(String name) {
        return new UserError(
                "no provider is called " + name + "; there are " + String.join(", ", ProviderOptions.NAMES));
    }
}
