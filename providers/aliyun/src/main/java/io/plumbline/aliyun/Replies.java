package io.plumbline.aliyun;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the parts of replies say that more than one reader asks for.
final class Replies {
    private Replies() {}

    /// Tags as most actions show them.
    static SortedMap<String, String> tags(Fields shown) {
        TreeMap<String, String> tags = new TreeMap<>();
        for (Fields tag : shown.list("Tags", "Tag").orElseGet(List::of)) {
            tag.text("TagKey").ifPresent(key -> tags.put(key, tag.textOrNone("TagValue")));
        }
        return tags;
    }

    /// A listener's part that only its protocol has.
    static Fields config(Fields listener) {
        return listener.object(
                switch (protocol(listener)) {
                    case "udp" -> "UDPListenerConfig";
                    case "http" -> "HTTPListenerConfig";
                    case "https" -> "HTTPSListenerConfig";
                    default -> "TCPListenerConfig";
                });
    }

    static String protocol(Fields listener) {
        return listener.textOrNone("ListenerProtocol").toLowerCase(java.util.Locale.ROOT);
    }

    /// The lists that a listener goes by, where it goes by any.
    static List<String> aclIds(Fields listener) {
        List<String> ids = listener.texts("AclIds");
        return !listener.onOff("AclStatus").orElse(false)
                ? List.of()
                : ids.isEmpty() ? listener.text("AclId").stream().toList() : ids;
    }

    static Optional<String> group(Fields listener) {
        return listener.text("VServerGroupId");
    }
}
