package io.plumbline.aws;

import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Setting;
import java.util.List;

/// What a load balancer's own security group lets in.
///
/// @param rules each as [SecurityRule] prints it, sorted
record AwsAccessListOptions(Setting<List<String>> rules) implements Options {
    static AwsAccessListOptions unmanaged() {
        return new AwsAccessListOptions(Setting.unmanaged());
    }

    List<SecurityRule> read() {
        return rules.asOptional().orElse(List.of()).stream()
                .map(SecurityRule::parse)
                .toList();
    }

    static AwsAccessListOptions of(Options options) {
        return options instanceof AwsAccessListOptions ours ? ours : unmanaged();
    }
}
