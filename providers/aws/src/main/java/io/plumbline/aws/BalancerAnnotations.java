package io.plumbline.aws;

import io.plumbline.aws.AwsLoadBalancerOptions.Addresses;
import io.plumbline.aws.AwsLoadBalancerOptions.Frontend;
import io.plumbline.spi.Dialect.Wishes;
import io.plumbline.spi.model.LoadBalancer.AddressFamily;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.Setting;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a Service's annotations say of the load balancer itself.
final class BalancerAnnotations {
    private static final String AS_IT_IS = "until then it stays as it is";
    private static final int LONGEST_TAG_VALUE = 256;

    private final ServiceAnnotations annotations;

    BalancerAnnotations(ServiceAnnotations annotations) {
        this.annotations = annotations;
    }

    Wishes wishes() {
        Setting<Scheme> scheme = scheme();
        Setting<AddressFamily> family = family();
        LoadBalancerAttributes attributes = attributes();
        Setting<SortedMap<String, String>> tags = tags();
        Setting<List<String>> subnets = subnets();
        AwsLoadBalancerOptions options = new AwsLoadBalancerOptions(
                name(),
                subnets,
                groups(),
                privateLink(),
                addresses(scheme, family, subnets),
                tags,
                frontend(family, tags),
                attributes);
        Setting<Boolean> deletionProtection =
                Setting.of(attributes.deletionProtection().asOptional().map(Boolean::valueOf));
        return new Wishes(scheme, family, deletionProtection, options);
    }

    /// Unmanaged where it cannot be read: a mistake must not replace a load balancer, and a new one is internal.
    private Setting<Scheme> scheme() {
        if (annotations.has(Annotations.SCHEME)) {
            return Setting.of(annotations
                    .oneOf(
                            Annotations.SCHEME,
                            List.of("internal", "internet-facing"),
                            "until then a load balancer that exists stays as it is, and a new one is internal")
                    .asOptional()
                    .map(text -> text.equals("internal") ? Scheme.INTERNAL : Scheme.INTERNET));
        }
        if (annotations.has(Annotations.INTERNAL)) {
            return Setting.of(annotations
                    .bool(
                            Annotations.INTERNAL,
                            "until then a load balancer that exists stays as it is, and a new one is internal")
                    .map(internal -> internal ? Scheme.INTERNAL : Scheme.INTERNET));
        }
        return Setting.managed(Scheme.INTERNAL);
    }

    private Setting<AddressFamily> family() {
        if (!annotations.has(Annotations.IP_ADDRESS_TYPE)) {
            return Setting.managed(AddressFamily.IPV4);
        }
        return Setting.of(annotations
                .oneOf(Annotations.IP_ADDRESS_TYPE, List.of("ipv4", "dualstack"), AS_IT_IS)
                .asOptional()
                .map(text -> text.equals("ipv4") ? AddressFamily.IPV4 : AddressFamily.DUAL_STACK));
    }

    private Setting<String> name() {
        return annotations.text(
                Annotations.NAME,
                text -> text.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?") && !text.startsWith("internal-"),
                "must have 1 to 32 letters, digits and hyphens, with no hyphen at its ends and not begin with internal-",
                "until then the name is ours");
    }

    private Setting<List<String>> subnets() {
        Setting<List<String>> named = annotations.list(
                Annotations.SUBNETS,
                entry -> entry.indexOf('=') < 0,
                "must be a list of ids (subnet-...) and names of subnets without =",
                "until then subnets stay as they are, and are found by their tags for a new load balancer");
        List<String> subnets = named.asOptional().orElse(List.of());
        if (Names.joined(subnets).length() > LONGEST_TAG_VALUE) {
            annotations.complain(
                    Annotations.SUBNETS,
                    "must not have more than " + LONGEST_TAG_VALUE + " characters, since a tag holds it; until then "
                            + "subnets stay as they are: name subnets by their ids");
            return Setting.unmanaged();
        }
        return named.asOptional().isPresent()
                ? Setting.managed(subnets.stream().sorted().distinct().toList())
                : Setting.unmanaged();
    }

    private Addresses addresses(Setting<Scheme> scheme, Setting<AddressFamily> family, Setting<List<String>> subnets) {
        Setting<List<String>> elastic = list(Annotations.EIPS, "eipalloc-[0-9a-z]+", "ids like eipalloc-0a1b2c3d");
        Setting<List<String>> ipv4 =
                list(Annotations.PRIVATE_ADDRESSES, "[0-9]{1,3}(\\.[0-9]{1,3}){3}", "IPv4 addresses");
        Setting<List<String>> ipv6 = list(Annotations.IPV6_ADDRESSES, "[0-9a-fA-F:]*:[0-9a-fA-F:.]*", "IPv6 addresses");
        boolean internal = scheme.equals(Setting.managed(Scheme.INTERNAL));
        boolean dual = family.equals(Setting.managed(AddressFamily.DUAL_STACK));
        return new Addresses(
                fitting(Annotations.EIPS, elastic, !internal, "an internet-facing load balancer", subnets),
                fitting(Annotations.PRIVATE_ADDRESSES, ipv4, internal, "an internal load balancer", subnets),
                fitting(Annotations.IPV6_ADDRESSES, ipv6, dual, "a dual-stack load balancer", subnets));
    }

    private Setting<List<String>> list(String name, String pattern, String what) {
        Setting<List<String>> list = annotations.list(
                name, entry -> entry.matches(pattern), "must be a list of " + what, "until then AWS chooses");
        return Setting.of(
                list.asOptional().map(entries -> entries.stream().sorted().toList()));
    }

    private Setting<List<String>> fitting(
            String name, Setting<List<String>> list, boolean fits, String only, Setting<List<String>> subnets) {
        int wanted = list.asOptional().map(List::size).orElse(0);
        int places = subnets.asOptional().map(List::size).orElse(wanted);
        if (wanted > 0 && !fits) {
            annotations.complain(name, "has an effect on " + only + " only: remove the annotation");
            return Setting.unmanaged();
        }
        if (wanted > 0 && wanted != places) {
            annotations.complain(
                    name,
                    "names " + wanted + " addresses for " + places + " subnets: name one for each; until then AWS "
                            + "chooses");
            return Setting.unmanaged();
        }
        return list;
    }

    /// The old keys of single attributes give way to the list of attributes.
    private LoadBalancerAttributes attributes() {
        TreeMap<String, String> values = new TreeMap<>();
        old(Annotations.CROSS_ZONE, LoadBalancerAttributes.CROSS_ZONE, values);
        old(Annotations.LOG_ENABLED, LoadBalancerAttributes.ACCESS_LOGS, values);
        old(Annotations.LOG_BUCKET, LoadBalancerAttributes.ACCESS_LOGS_BUCKET, values);
        old(Annotations.LOG_PREFIX, LoadBalancerAttributes.ACCESS_LOGS_PREFIX, values);
        values.putAll(annotations.attributes(Annotations.ATTRIBUTES, LoadBalancerAttributes.RULES));
        return LoadBalancerAttributes.of(values);
    }

    private void old(String name, String attribute, SortedMap<String, String> values) {
        AttributeText.Rule rule =
                Optional.ofNullable(LoadBalancerAttributes.RULES.get(attribute)).orElseThrow();
        annotations
                .text(name, rule.allows(), "must be " + rule.words(), AS_IT_IS)
                .asOptional()
                .ifPresent(value -> values.put(attribute, value));
    }

    private Setting<SortedMap<String, String>> tags() {
        Setting<SortedMap<String, String>> tags =
                annotations.pairs(Annotations.TAGS, "until then tags stay as they are");
        SortedMap<String, String> wanted = tags.asOptional().orElseGet(TreeMap::new);
        if (!wanted.entrySet().stream().allMatch(tag -> allowed(tag.getKey(), tag.getValue()))
                || Names.joined(wanted.keySet()).length() > LONGEST_TAG_VALUE) {
            annotations.complain(
                    Annotations.TAGS,
                    "must have keys of 1 to 128 characters that begin neither with aws: nor with " + Names.OUR_TAGS
                            + ", together not more than " + LONGEST_TAG_VALUE + ", and values of up to 256; "
                            + "until then tags stay as they are");
            return Setting.unmanaged();
        }
        return tags.asOptional().isEmpty() && annotations.has(Annotations.TAGS)
                ? Setting.unmanaged()
                : Setting.managed(wanted);
    }

    private static boolean allowed(String key, String value) {
        return key.matches("[\\p{L}\\p{Z}\\p{N}_.:/+\\-@]{1,128}")
                && !key.startsWith("aws:")
                && !key.startsWith(Names.OUR_TAGS)
                && value.matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
    }

    private boolean withoutGroups() {
        return annotations
                .bool(Annotations.NO_GROUPS, "until then the load balancer has security groups")
                .orElse(false);
    }

    private Setting<List<String>> ownGroups() {
        return annotations.list(
                Annotations.SECURITY_GROUPS,
                entry -> entry.matches("sg-[0-9a-z]+"),
                "must be a list of ids like sg-0a1b2c3d",
                "until then security groups stay as they are");
    }

    private Setting<List<String>> groups() {
        if (withoutGroups()) {
            if (annotations.has(Annotations.SECURITY_GROUPS)) {
                annotations.complain(
                        Annotations.SECURITY_GROUPS,
                        "has no effect together with " + Annotations.NO_GROUPS + ": remove one of the two");
            }
            return Setting.managed(List.of());
        }
        boolean own = annotations.has(Annotations.SECURITY_GROUPS);
        Setting<List<String>> named = ownGroups();
        if (own && named.asOptional().isEmpty()) {
            return Setting.unmanaged();
        }
        boolean open = annotations
                .bool(Annotations.MANAGE_RULES, "until then it is " + !own)
                .orElse(!own);
        List<String> groups =
                new java.util.ArrayList<>(named.asOptional().orElse(List.of(AwsLoadBalancerOptions.FRONTEND)));
        if (open) {
            groups.add(AwsLoadBalancerOptions.BACKEND);
        }
        return Setting.managed(groups.stream().sorted().distinct().toList());
    }

    private Setting<String> privateLink() {
        return annotations.oneOf(Annotations.PRIVATE_LINK, List.of("on", "off"), AS_IT_IS);
    }

    private Setting<Frontend> frontend(Setting<AddressFamily> family, Setting<SortedMap<String, String>> tags) {
        List<String> ranges = sourceRanges(family);
        Setting<List<String>> lists = annotations.list(
                Annotations.PREFIX_LISTS,
                entry -> entry.matches("pl-[0-9a-z]+"),
                "must be a list of ids like pl-0a1b2c3d",
                "until then none has access by a prefix list");
        boolean icmp = annotations
                .oneOf(Annotations.ICMP, List.of("on", "off"), "until then it is off")
                .equals(Setting.managed("on"));
        boolean notOurs = annotations.has(Annotations.SECURITY_GROUPS)
                || annotations.value(Annotations.NO_GROUPS).equals(Optional.of("true"));
        if (notOurs) {
            complainOfSources();
            return Setting.unmanaged();
        }
        return Setting.managed(new Frontend(
                ranges,
                lists.asOptional().orElse(List.of()).stream()
                        .sorted()
                        .distinct()
                        .toList(),
                icmp,
                tags.asOptional().orElseGet(TreeMap::new)));
    }

    private void complainOfSources() {
        for (String name : List.of(Annotations.SOURCE_RANGES, Annotations.PREFIX_LISTS, Annotations.ICMP)) {
            if (annotations.has(name)) {
                annotations.complain(
                        name,
                        "has no effect where the load balancer has no security group of ours: remove it, or "
                                + Annotations.SECURITY_GROUPS + " and " + Annotations.NO_GROUPS);
            }
        }
    }

    /// Everybody, unless somebody is named, be it only by a prefix list. Where the family cannot be read a load
    /// balancer that has both keeps both.
    private List<String> sourceRanges(Setting<AddressFamily> family) {
        List<String> spec = annotations.service().traffic().sourceRanges();
        boolean named = annotations.has(Annotations.SOURCE_RANGES);
        if (spec.isEmpty() && !named) {
            if (annotations.has(Annotations.PREFIX_LISTS)) {
                return List.of();
            }
            return family.equals(Setting.managed(AddressFamily.IPV4))
                    ? List.of("0.0.0.0/0")
                    : List.of("0.0.0.0/0", "::/0");
        }
        if (!spec.isEmpty()) {
            return spec.stream().filter(Cidr::isOne).sorted().distinct().toList();
        }
        return annotations
                .list(
                        Annotations.SOURCE_RANGES,
                        Cidr::isOne,
                        "must be a list of address ranges like 10.0.0.0/8",
                        "until then nobody can connect")
                .asOptional()
                .orElse(List.of())
                .stream()
                .sorted()
                .distinct()
                .toList();
    }
}
