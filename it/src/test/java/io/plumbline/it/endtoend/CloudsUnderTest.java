package io.plumbline.it.endtoend;

import java.util.List;

/// The clouds that are tested. One more is one more line here, and a class in [io.plumbline.it.suite].
final class CloudsUnderTest {
    private static final List<CloudUnderTest> ALL =
            List.of(new AliyunUnderTest(), new AwsUnderTest(), new TencentUnderTest());

    private CloudsUnderTest() {}

    static CloudUnderTest named(String name) {
        return ALL.stream()
                .filter(cloud -> cloud.kind().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no cloud " + name));
    }
}
