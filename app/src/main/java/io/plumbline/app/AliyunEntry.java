package io.plumbline.app;

import io.plumbline.aliyun.AliyunProvider;
import io.plumbline.aliyun.AliyunSettings;
import io.plumbline.aliyun.AliyunSettings.Endpoints;
import io.plumbline.aliyun.AliyunSettings.Keys;
import io.plumbline.aliyun.RoleKeys;
import io.plumbline.app.ProviderOption.Form;
import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Aliyun CLB on the command line.
final class AliyunEntry {
    private static final ProviderOption REGION = ProviderOption.needed(
            "--aliyun-region", "REGION", "The region, for example cn-beijing.", "ALIBABA_CLOUD_REGION_ID");
    private static final ProviderOption VPC_ID = ProviderOption.needed(
            "--aliyun-vpc-id", "ID", "The cluster's VPC, for example vpc-2ze0a1b2c3.", "ALIBABA_CLOUD_VPC_ID");
    private static final ProviderOption VSWITCH_IDS = ProviderOption.optional(
            "--aliyun-vswitch-ids",
            "ID,...",
            "The vSwitches of internal load balancers whose Services name none.",
            "ALIBABA_CLOUD_VSWITCH_IDS");
    private static final ProviderOption ENDPOINT = ProviderOption.url(
            "--aliyun-endpoint",
            "Where SLB is called, if not at the public endpoint; ECS and VPC too, unless they have their own.",
            "ALIBABA_CLOUD_ENDPOINT");
    private static final ProviderOption ECS_ENDPOINT = ProviderOption.url(
            "--aliyun-ecs-endpoint",
            "Where ECS is called, if not at --aliyun-endpoint; counts beside that only.",
            "ALIBABA_CLOUD_ECS_ENDPOINT");
    private static final ProviderOption VPC_ENDPOINT = ProviderOption.url(
            "--aliyun-vpc-endpoint",
            "Where VPC is called, if not at --aliyun-endpoint; counts beside that only.",
            "ALIBABA_CLOUD_VPC_ENDPOINT");
    private static final ProviderOption STS_ENDPOINT = ProviderOption.optional(
            "--aliyun-sts-endpoint",
            "HOST",
            "Where tokens are taken for keys, if not at the region's own.",
            "ALIBABA_CLOUD_STS_ENDPOINT");
    private static final ProviderOption BATCH = ProviderOption.optional(
                    "--aliyun-backends-per-call",
                    "N",
                    "Backends in one call: 20 everywhere, up to 40 where the account may. Default: 20.",
                    "ALIBABA_CLOUD_BACKENDS_PER_CALL")
            .of(new Form("[1-9]|[1-3][0-9]|40", "a number from 1 to 40"));

    private static final String KEY_ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private static final String KEY_SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    private static final String TOKEN = "ALIBABA_CLOUD_SECURITY_TOKEN";
    private static final CredentialSource KEYS = CredentialSource.keys(KEY_ID, KEY_SECRET, TOKEN);

    private static final String ROLE = "ALIBABA_CLOUD_ROLE_ARN";
    private static final String IDENTITY_PROVIDER = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
    private static final String TOKEN_FILE = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
    private static final CredentialSource RRSA =
            CredentialSource.tokenFile("RRSA", TOKEN_FILE, ROLE, IDENTITY_PROVIDER);

    static final ProviderEntry ENTRY = new ProviderEntry(
            "aliyun",
            "Aliyun CLB",
            List.of(REGION, VPC_ID, VSWITCH_IDS, ENDPOINT, ECS_ENDPOINT, VPC_ENDPOINT, STS_ENDPOINT, BATCH),
            List.of(KEYS, RRSA),
            AliyunEntry::offline,
            AliyunEntry::online);

    private AliyunEntry() {}

    private static Provider offline() {
        AliyunSettings nowhere = AliyunSettings.of("offline", "offline", () -> new Keys("", ""));
        return new AliyunProvider(nowhere, CallGate.OPEN, InstantSource.system());
    }

    private static Function<CallGate, Provider> online(ProviderSettings settings) {
        AliyunSettings there = AliyunSettings.of(
                        settings.value(REGION).orElseThrow(),
                        settings.value(VPC_ID).orElseThrow(),
                        keys(settings))
                .in(settings.value(VSWITCH_IDS)
                        .map(ids -> List.of(ids.split("\\s*,\\s*")))
                        .orElseGet(List::of));
        AliyunSettings sized = settings.value(BATCH)
                .map(Integer::valueOf)
                .map(there::inBatchesOf)
                .orElse(there);
        AliyunSettings aliyun = settings.value(ENDPOINT)
                .map(slb -> new Endpoints(
                        slb,
                        settings.value(ECS_ENDPOINT).orElse(slb),
                        settings.value(VPC_ENDPOINT).orElse(slb)))
                .map(sized::at)
                .orElse(sized);
        return gate -> new AliyunProvider(aliyun, gate, InstantSource.system());
    }

    private static Supplier<Keys> keys(ProviderSettings settings) {
        if (!CredentialSource.first(ENTRY.credentials(), settings).equals(Optional.of(KEYS))) {
            return new RoleKeys(
                    settings.needed(ROLE),
                    settings.needed(IDENTITY_PROVIDER),
                    settings.needed(TOKEN_FILE),
                    settings.value(STS_ENDPOINT));
        }
        Keys keys = new Keys(settings.needed(KEY_ID), settings.needed(KEY_SECRET), settings.variable(TOKEN));
        return () -> keys;
    }
}
