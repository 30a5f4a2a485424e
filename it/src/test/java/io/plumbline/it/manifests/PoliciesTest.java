package io.plumbline.it.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The policies that the guides tell to grant allow just what the providers call. Which that is, their compiled
/// classes say: they use a request class of the SDK for each action or, where calls are made by name, hold that name.
class PoliciesTest {
    private static final Path POLICIES = Path.of("..", "manifests", "policies");

    /// How each SDK names its requests: product and action.
    private static final Pattern REQUEST = Pattern.compile("(?:com\\.tencentcloudapi\\.(?<a>[a-z]+)\\.v\\d+\\.models"
            + "|software\\.amazon\\.awssdk\\.services\\.(?<b>[a-z0-9]+)\\.model)\\.(?<action>\\w+)Request(?:\\$.*)?");

    /// Its provider gives the action to the SDK as text.
    private static final String CALLED_BY_NAME = "aliyun";

    /// Where a policy names a product otherwise than its SDK does.
    private static final Map<String, String> PREFIXES =
            Map.of("elasticloadbalancingv2", "elasticloadbalancing", "resourcegroupstaggingapi", "tag");

    /// Asked of the caller although no call bears the name: tags within a creating call.
    private static final Set<String> WITHIN_OTHERS =
            Set.of("tag:TagResources", "elasticloadbalancing:AddTags", "ec2:CreateTags");

    /// No action: what all requests of a product inherit from.
    private static final Set<String> BASES = Set.of("ElasticLoadBalancingV2", "Ec2", "Acm", "ResourceGroupsTaggingApi");

    static List<String> clouds() {
        return List.of("aliyun", "aws", "tencent");
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whatIsCalledIsGrantedAndNothingElse(String cloud) throws IOException {
        Set<String> granted = granted(cloud);
        Set<String> called = called(cloud);

        assertThat(granted).containsAll(called);
        granted.removeAll(called);
        assertThat(granted).as("granted in vain").isSubsetOf(WITHIN_OTHERS);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void noActionIsAWildcard(String cloud) throws IOException {
        assertThat(granted(cloud)).noneMatch(action -> action.contains("*"));
    }

    private static Set<String> called(String cloud) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.plumbline." + cloud).stream()
                        .flatMap(type -> Stream.concat(
                                requested(type), CALLED_BY_NAME.equals(cloud) ? NamedActions.of(type) : Stream.of()))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> requested(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .map(PoliciesTest::action)
                .flatMap(Optional::stream);
    }

    private static Optional<String> action(JavaClass type) {
        Matcher request = REQUEST.matcher(type.getName());
        if (!request.matches() || BASES.contains(request.group("action"))) {
            return Optional.empty();
        }
        String product = Stream.of("a", "b")
                .map(request::group)
                .filter(name -> name != null)
                .findFirst()
                .orElseThrow();
        return Optional.of(PREFIXES.getOrDefault(product, product) + ":" + request.group("action"));
    }

    private static Set<String> granted(String cloud) throws IOException {
        JsonNode policy = new ObjectMapper().readTree(Files.readString(POLICIES.resolve(cloud + ".json")));
        JsonNode statements = policy.has("Statement") ? policy.get("Statement") : policy.get("statement");
        return statements
                .valueStream()
                .flatMap(statement -> Stream.of("Action", "action")
                        .filter(statement::has)
                        .flatMap(name -> statement.get(name).valueStream()))
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
