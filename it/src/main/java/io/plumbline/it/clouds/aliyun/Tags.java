package io.plumbline.it.clouds.aliyun;

import static io.plumbline.it.clouds.aliyun.Refusal.unless;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.plumbline.it.clouds.Limits;
import java.util.Map;

/// What holds of tags, whatever carries them.
final class Tags {
    private Tags() {}

    /// Refuses what may not be a tag, and too many of them.
    static void check(Map<String, String> tags, Limits<Limit> limits) {
        unless(
                tags.size() <= limits.of(Limit.TAGS_PER_RESOURCE),
                "SizeLimitExceeded.Tag",
                "At most " + limits.of(Limit.TAGS_PER_RESOURCE) + " tags.");
        tags.forEach((key, value) -> {
            unless(allowed(key, 64), "InvalidParam.TagKey", "The param of TagKey is invalid: " + key);
            unless(allowed(value, 128), "InvalidParam.TagValue", "The param of TagValue is invalid: " + value);
        });
    }

    private static boolean allowed(String text, int longest) {
        return text.length() <= longest
                && !text.startsWith("aliyun")
                && !text.startsWith("acs:")
                && !text.contains("http://")
                && !text.contains("https://");
    }

    /// Whether all wanted tags are there; an empty value wants the key only.
    static boolean match(Map<String, String> tags, Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .allMatch(tag -> tags.containsKey(tag.getKey())
                        && (tag.getValue().isEmpty() || tag.getValue().equals(tags.get(tag.getKey()))));
    }

    /// Tells them under the names that a reply has for them.
    static void put(ArrayNode list, Map<String, String> tags, String keyName, String valueName) {
        tags.forEach((key, value) -> list.addObject().put(keyName, key).put(valueName, value));
    }
}
