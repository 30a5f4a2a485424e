package io.plumbline.it.clouds.aliyun;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// An access control list.
final class AccessList {
    final String id;
    final Instant createdAt;
    final String resourceGroupId;
    final Map<String, String> tags = new LinkedHashMap<>();
    /// Comment by CIDR block.
    final Map<String, String> entries = new LinkedHashMap<>();

    String name;

    AccessList(String id, String name, String resourceGroupId, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.resourceGroupId = resourceGroupId;
        this.createdAt = createdAt;
    }
}
