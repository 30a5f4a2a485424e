package io.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.Capabilities;
import io.plumbline.spi.Capabilities.Mutability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page that says what each cloud can do is what the providers' own data say.
class CapabilitiesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "capabilities.md");
    private static final String NUMBER = "[\\d_.]+|Duration\\.of\\w+\\([\\d_]+\\)";
    private static final Pattern CONSTANT = Pattern.compile("static final \\w+ \\w+ =\\s+(" + NUMBER + ");");
    private static final Pattern PART =
            Pattern.compile("(?<words>(?:\\n +///[^\\n]*)+)(?<code>(?:\\n(?! +///)[^\\n]*)*)");
    private static final Pattern DURATION = Pattern.compile("Duration\\.of(\\w+)\\(([\\d_]+)\\)");

    @Test
    void thePageIsWhatTheProvidersSay() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).as("run the tests with -Dgolden=write").hasContent(page);
    }

    private static String page() throws IOException {
        List<ProviderEntry> clouds = Providers.ALL.stream()
                .filter(entry -> !entry.name().equals("fake"))
                .toList();
        List<Capabilities> all = clouds.stream()
                .map(entry -> entry.offline().get().capabilities())
                .toList();
        StringBuilder page = new StringBuilder("""
                # What each cloud can do

                Generated from the providers' own data (`Limits.java` of each); do not edit.

                """);
        page.append(row("", clouds.stream().map(ProviderEntry::title).toList()));
        page.append("|---".repeat(clouds.size() + 1)).append("|\n");
        rows().forEach((name, value) ->
                page.append(row(name, all.stream().map(value).toList())));
        for (ProviderEntry entry : clouds) {
            page.append("\n## ").append(entry.title()).append(": how many calls it takes\n\n");
            page.append("| calls | counted | at once | then a second |\n|---|---|---|---|\n")
                    .append(rates(entry.offline().get().capabilities()));
            page.append("\n## ").append(entry.title()).append(": where its numbers come from\n\n");
            page.append("| what | number |\n|---|---|\n").append(sources(entry.name()));
        }
        return page.toString();
    }

    private static Map<String, Function<Capabilities, String>> rows() {
        Map<String, Function<Capabilities, String>> rows = new LinkedHashMap<>();
        rows.put("pools", can -> switch (can.pools()) {
            case GROUP -> "on their own";
            case INLINE -> "inside their listener";
        });
        rows.put("what goes with a load balancer", can -> switch (can.cascade()) {
            case NOTHING -> "nothing: it must be empty";
            case LISTENERS -> "its listeners";
            case EVERYTHING -> "everything on it";
        });
        rows.put("a member drains by", can -> switch (can.drain()) {
            case WEIGHT_ZERO -> "weight 0";
            case DEREGISTER -> "deregistration";
        });
        rows.put("weights of members", can -> yes(can.weights()));
        rows.put(
                "an address and port once for each protocol and load balancer",
                can -> yes(can.backendUniquePerLoadBalancer()));
        rows.put(
                "health is told only of pools that a listener leads to", can -> yes(can.healthOnlyOfReferencedPools()));
        rows.put("members carry a label of ours", can -> yes(can.labelsBackends()));
        rows.put("`loadBalancerSourceRanges` in front of Pods", can -> yes(can.sourceRanges()));
        rows.put("`sessionAffinity: ClientIP`", can -> yes(can.clientIpAffinity()));
        rows.put("Pods are registered under a name that the cloud gives", can -> yes(can.resolvesBackends()));
        rows.put("native readiness gates", can -> list(can.nativeGateTypes()));
        rows.put("needs a new one", can -> fields(can, Mutability.REPLACE));
        rows.put("chosen once", can -> fields(can, Mutability.FIXED));
        rows.put("members in one call", can -> String.valueOf(can.limits().backendsPerCall()));
        rows.put(
                "load balancers in one question for health",
                can -> String.valueOf(can.limits().loadBalancersPerHealthCall()));
        rows.put(
                "members of a pool, by default",
                can -> String.valueOf(can.limits().backendsPerPool()));
        rows.put("members of all pools of a load balancer, by default", can -> {
            OptionalInt most = can.limits().backendsPerLoadBalancer();
            return most.isPresent() ? String.valueOf(most.getAsInt()) : "-";
        });
        rows.put(
                "listeners of a load balancer, by default",
                can -> String.valueOf(can.limits().listenersPerLoadBalancer()));
        rows.put("highest weight", can -> String.valueOf(can.limits().maximumWeight()));
        rows.put("a creation is over after", can -> duration(can.timing().createTimeout()));
        rows.put("a read may be as old as", can -> duration(can.timing().consistencyWindow()));
        rows.put(
                "health check, by default",
                can -> "every " + duration(can.timing().defaultHealthInterval()) + ", "
                        + can.timing().defaultHealthyThreshold() + " in a row");
        rows.put(
                "a deregistered member may be sent to for",
                can -> duration(can.timing().deregistrationDelay()));
        return rows;
    }

    private static String rates(Capabilities can) {
        return can.rates().stream()
                .map(rate -> row(
                        "`" + rate.actions().replace("|", "\\|") + "`",
                        List.of(
                                rate.counted().name().toLowerCase(Locale.ROOT),
                                String.valueOf(rate.atOnce()),
                                number(rate.perSecond()))))
                .collect(Collectors.joining());
    }

    private static String fields(Capabilities can, Mutability mutability) {
        return list(can.mutability().entrySet().stream()
                .filter(field -> field.getValue() == mutability)
                .map(Map.Entry::getKey)
                .toList());
    }

    private static String list(List<String> values) {
        return values.isEmpty() ? "-" : "`" + String.join("`, `", values) + "`";
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private static String duration(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static String row(String name, List<String> cells) {
        return "| " + name + " | " + String.join(" | ", cells) + " |\n";
    }

    /// What stands above each number in the provider's `Limits`, which is where its source is named. Numbers that
    /// follow without words of their own belong to the ones above.
    private static String sources(String provider) throws IOException {
        Path limits =
                Path.of("..", "providers", provider, "src", "main", "java", "io", "plumbline", provider, "Limits.java");
        Map<String, List<String>> numbers = new LinkedHashMap<>();
        for (Matcher part = PART.matcher(Files.readString(limits)); part.find(); ) {
            String words = part.group("words").replaceAll("\\s*///\\s*", " ").strip();
            for (Matcher constant = CONSTANT.matcher(part.group("code")); constant.find(); ) {
                numbers.computeIfAbsent(words, any -> new ArrayList<>()).add(shown(constant.group(1)));
            }
            if (part.group("code").contains("List<Rate> ")) {
                numbers.put(words, List.of("the table above"));
            }
        }
        StringBuilder rows = new StringBuilder();
        numbers.forEach((what, values) -> rows.append(row(what, List.of(String.join(", ", values)))));
        return rows.toString();
    }

    private static String shown(String value) {
        Matcher duration = DURATION.matcher(value);
        return duration.matches()
                ? duration.group(2).replace("_", "") + " " + unit(duration.group(1))
                : value.replace("_", "");
    }

    private static String unit(String unit) {
        return switch (unit) {
            case "Millis" -> "ms";
            case "Seconds" -> "s";
            case "Minutes" -> "min";
            case "Hours" -> "h";
            default -> unit.toLowerCase(Locale.ROOT);
        };
    }
}
