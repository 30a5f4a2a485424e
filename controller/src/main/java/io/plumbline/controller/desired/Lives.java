package io.plumbline.controller.desired;

import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.objects.Metadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which incarnations of a load balancer may exist, as its Service shows it in an annotation. It says where to look and
/// is trusted for nothing else: what is found must carry our mark. Pure.
///
/// @param existing one, or two while one takes the place of the other; ascending
/// @param made how many have ever been begun: numbers are not used again
public record Lives(List<Integer> existing, int made) {
    private static final Lives FIRST = new Lives(List.of(0), 1);
    private static final Pattern TEXT = Pattern.compile("existing=(\\d{1,4}(?:,\\d{1,4})?) made=(\\d{1,5})");

    public Lives {
        existing = existing.stream().sorted().distinct().toList();
        made = Math.max(made, existing.getLast() + 1);
    }

    /// Those that an object shows.
    public static Lives of(Metadata metadata) {
        return Optional.ofNullable(metadata.annotations().get(CoreAnnotations.INCARNATIONS))
                .map(TEXT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> new Lives(
                        Arrays.stream(matcher.group(1).split(",", -1))
                                .map(Integer::valueOf)
                                .toList(),
                        Integer.parseInt(matcher.group(2))))
                .orElse(FIRST);
    }

    /// The key of an incarnation; only a managed load balancer has several.
    public static LoadBalancerKey key(LoadBalancerKey asked, int incarnation) {
        return asked instanceof LoadBalancerKey.Managed managed
                ? new LoadBalancerKey.Managed(managed.object(), managed.uid(), incarnation)
                : asked;
    }

    /// With the next one, which is about to be made.
    public Lives begetting() {
        List<Integer> all = new ArrayList<>(existing);
        all.add(made);
        return new Lives(all, made + 1);
    }

    /// Without one that is gone.
    public Lives without(int gone) {
        return new Lives(existing.stream().filter(one -> one != gone).toList(), made);
    }

    /// As it is written.
    public String text() {
        return "existing="
                + String.join(",", existing.stream().map(String::valueOf).toList()) + " made=" + made;
    }
}
