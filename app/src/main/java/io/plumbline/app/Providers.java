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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Makes providers by name.
final class Providers {
    private static final String SECRET_ID = "TENCENTCLOUD_SECRET_ID";
    private static final String SECRET_KEY = "TENCENTCLOUD_SECRET_KEY";
    private static final String TOKEN = "TENCENTCLOUD_TOKEN";

    private Providers() {}

    /// A provider that calls its cloud through the gate it is given; nothing is called yet.
    ///
    /// @throws UserError naming all that is missing
    static Function<CallGate, Provider> online(String name, ProviderSettings settings) {
        return online(List.of(name), settings).getFirst();
    }

    /// The same for several, in their order.
    static List<Function<CallGate, Provider>> online(List<String> names, ProviderSettings settings) {
        List<String> needs =
                names.stream().distinct().flatMap(name -> needs(name, settings)).toList();
        if (!needs.isEmpty()) {
            throw new UserError(String.join("; ", needs));
        }
        return names.stream().map(name -> complete(name, settings)).toList();
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

    private static Stream<String> needs(String name, ProviderSettings settings) {
        List<String> missing = switch (name) {
            case "tencent" -> missingForTencent(settings);
            case "fake" -> List.of();
            default -> throw unknown(name);
        };
        return missing.isEmpty()
                ? Stream.empty()
                : Stream.of("provider " + name + " needs " + String.join(", ", missing));
    }

    private static List<String> missingForTencent(ProviderSettings settings) {
        return Stream.of(
                        Stream.of("--tencent-region (or environment variable TENCENTCLOUD_REGION)")
                                .filter(absent -> settings.tencentRegion().isEmpty()),
                        Stream.of("--tencent-vpc-id (or environment variable TENCENTCLOUD_VPC_ID)")
                                .filter(absent -> settings.tencentVpcId().isEmpty()),
                        Stream.of(SECRET_ID, SECRET_KEY)
                                .filter(variable -> settings.environment()
                                        .getOrDefault(variable, "")
                                        .isBlank())
                                .map(variable -> "environment variable " + variable))
                .flatMap(each -> each)
                .toList();
    }

    private static Function<CallGate, Provider> complete(String name, ProviderSettings settings) {
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

    private static TencentSettings tencent(ProviderSettings settings) {
        Map<String, String> environment = settings.environment();
        Keys keys = new Keys(
                environment.getOrDefault(SECRET_ID, ""),
                environment.getOrDefault(SECRET_KEY, ""),
                Optional.ofNullable(environment.get(TOKEN)).filter(token -> !token.isBlank()));
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
