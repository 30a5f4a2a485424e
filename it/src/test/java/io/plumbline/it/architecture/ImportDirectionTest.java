package io.plumbline.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Imports point one way: `controller`, `readiness-gate` and `providers/*` import `providers/spi`, `app` imports
/// all of them, the laboratory imports everything, and nobody imports sideways or back.
class ImportDirectionTest {
    private static final Set<String> COMMON = Set.of("spi");
    private static final Set<String> CORE = Set.of("spi", "controller", "readinessgate");
    private static final Map<String, Set<String>> MAY_IMPORT = mayImport();

    private static Map<String, Set<String>> mayImport() {
        Set<String> below = union(CORE, Repository.PROVIDERS);
        TreeMap<String, Set<String>> allowed = new TreeMap<>();
        below.forEach(module -> allowed.put(module, COMMON));
        allowed.put("spi", Set.of());
        allowed.put("app", below);
        allowed.put("it", union(below, Set.of("app")));
        return allowed;
    }

    private static Set<String> union(Collection<String> some, Collection<String> others) {
        TreeSet<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    static List<String> modules() {
        return List.copyOf(MAY_IMPORT.keySet());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void importsPointOneWay(String module) {
        Set<String> reachable = new TreeSet<>(MAY_IMPORT.getOrDefault(module, Set.of()));
        reachable.add(module);
        noClasses()
                .that(areOf(Set.of(module)))
                .should()
                .dependOnClassesThat(areOursButNotOf(reachable))
                .allowEmptyShould(true)
                .check(Classes.OURS);
    }

    @Test
    void theVocabularyDependsOnNothingButTheJdk() {
        noClasses()
                .that(areOf(Set.of("spi")))
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "io.plumbline.spi..", "org.jspecify..")
                .check(Classes.OURS);
    }

    @Test
    void everyClassIsOfAModuleThatThisTestKnows() {
        assertThat(Classes.OURS.stream()
                        .map(ImportDirectionTest::module)
                        .distinct()
                        .sorted())
                .isSubsetOf(MAY_IMPORT.keySet());
    }

    /// A class in the controller's root package would belong to no arrow of the sentence.
    @Test
    void theControllerHasOnePackageForEachArrow() {
        assertThat(Classes.OURS.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith("io.plumbline.controller"))
                        .distinct()
                        .sorted())
                .isSubsetOf(
                        "io.plumbline.controller.apply",
                        "io.plumbline.controller.desired",
                        "io.plumbline.controller.intake",
                        "io.plumbline.controller.loop",
                        "io.plumbline.controller.plan",
                        "io.plumbline.controller.report",
                        "io.plumbline.controller.snapshot");
    }

    private static DescribedPredicate<JavaClass> areOf(Set<String> modules) {
        return DescribedPredicate.describe(
                "are of " + new TreeSet<>(modules), type -> isOurs(type) && modules.contains(module(type)));
    }

    private static DescribedPredicate<JavaClass> areOursButNotOf(Set<String> modules) {
        return DescribedPredicate.describe(
                "are ours but not of " + modules, type -> isOurs(type) && !modules.contains(module(type)));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith("io.plumbline.");
    }

    /// `controller` of `io.plumbline.controller.plan`.
    private static String module(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length > 2 ? parts[2] : "";
    }
}
