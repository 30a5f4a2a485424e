package io.plumbline.it.endtoend;

import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud;
import java.util.List;

/// What the tests need to know of a cloud besides what the laboratory does.
interface CloudUnderTest {
    /// The clouds that are tested. One more is one more line here, and a class in [io.plumbline.it.suite].
    List<CloudUnderTest> ALL = List.of(new AliyunUnderTest(), new AwsUnderTest(), new TencentUnderTest());

    /// By its name.
    static CloudUnderTest named(String name) {
        return ALL.stream()
                .filter(cloud -> cloud.kind().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no cloud " + name));
    }

    LaboratoryCloud kind();

    /// Somebody else with the same account.
    Stranger stranger(Laboratory laboratory);

    /// The API call that makes a load balancer.
    String creation();

    /// The API call that registers members.
    String registration();

    /// Whether a Pod's port may be behind one listener of a load balancer only.
    boolean targetsOnce();

    /// Wrong annotations of every kind, for the Service of the example in namespace `bad`.
    List<Bad> badInput();

    /// YAML of what they refer to.
    List<String> badInputObjects();

    /// A key that looks like one of the cloud's.
    String misspeltKey();
}
