package io.plumbline.it.clouds.aliyun;

import java.util.Arrays;
import java.util.Optional;

/// The products that one endpoint serves; a request says by its version which one it means.
enum Product {
    SLB("2014-05-15", "slb"),
    ECS("2014-05-26", "ecs"),
    VPC("2016-04-28", "vpc");

    final String version;
    final String wireName;

    Product(String version, String wireName) {
        this.version = version;
        this.wireName = wireName;
    }

    /// The description of its API.
    Contract contract() {
        return Contract.of(this);
    }

    static Optional<Product> of(String version) {
        return Arrays.stream(values())
                .filter(product -> product.version.equals(version))
                .findFirst();
    }
}
