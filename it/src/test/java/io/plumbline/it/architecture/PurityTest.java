package io.plumbline.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What decides is pure: no clock, no I/O, no log, no metric, no SDK, no Kubernetes client. Time and settings come
/// in as values.
class PurityTest {
    private static final List<String> PURE_PACKAGES = List.of(
            "io.plumbline.controller.desired",
            "io.plumbline.controller.plan",
            "io.plumbline.controller.report",
            "io.plumbline.readinessgate.gate");
    private static final Set<String> PURE_OF_A_PROVIDER = Set.of("Normalize", "Lowering");
    private static final List<String> PROVIDERS =
            Repository.PROVIDERS.stream().map("io.plumbline."::concat).toList();

    /// What pure code may know beside itself.
    private static final List<String> HARMLESS = List.of(
            "java.lang",
            "java.lang.annotation",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.lang.runtime",
            "java.math",
            "java.nio.charset",
            "java.text",
            "java.time",
            "java.time.format",
            "java.time.temporal",
            "java.util",
            "java.util.function",
            "java.util.regex",
            "java.util.stream",
            "org.jspecify.annotations",
            "io.plumbline.spi..",
            "io.plumbline.controller.snapshot",
            "io.plumbline.controller.desired",
            "io.plumbline.controller.plan",
            "io.plumbline.controller.report",
            "io.plumbline.readinessgate.gate");

    /// In harmless packages, and not harmless.
    private static final Set<String> HARMFUL = Set.of(
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Random",
            "java.util.Scanner",
            "java.util.Timer",
            "java.util.UUID");

    /// Addresses are values as long as nobody looks a name up.
    private static final Set<String> ADDRESSES =
            Set.of("java.net.InetAddress", "java.net.Inet4Address", "java.net.Inet6Address");

    private static final Set<String> QUIET_OF_ADDRESSES =
            Set.of("ofLiteral", "getByAddress", "getAddress", "getHostAddress", "equals", "hashCode");

    private static final Set<String> QUIET_OF_SYSTEM = Set.of("arraycopy", "identityHashCode", "lineSeparator");

    @Test
    void whatDecidesKnowsNothingThatActs() {
        classes()
                .that(arePure())
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.or(
                        DescribedPredicate.describe(
                                "are primitive or addresses",
                                type -> primitive(type) || ADDRESSES.contains(type.getFullName())),
                        JavaClass.Predicates.resideInAnyPackage(Stream.concat(HARMLESS.stream(), PROVIDERS.stream())
                                .toArray(String[]::new))))
                .check(Classes.OURS);
        noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat(DescribedPredicate.describe("act", type -> HARMFUL.contains(type.getFullName())))
                .check(Classes.OURS);
    }

    @Test
    void whatDecidesAsksNoClockAndNoEnvironment() {
        noClasses()
                .that(arePure())
                .should()
                .callMethodWhere(DescribedPredicate.describe("acts", PurityTest::acts))
                .check(Classes.OURS);
    }

    @Test
    void whatIsPureInAProviderDoesNotReachItsCalls() {
        noClasses()
                .that(arePure())
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "make calls",
                        type -> PROVIDERS.contains(type.getPackageName())
                                && (type.getSimpleName().equals("Calls")
                                        || type.getSimpleName().endsWith("Provider"))))
                .check(Classes.OURS);
    }

    /// Else the rules above would hold of nothing.
    @Test
    void thereIsSomethingPure() {
        List<String> pure = Classes.OURS.stream()
                .filter(arePure())
                .map(JavaClass::getPackageName)
                .distinct()
                .toList();

        assertThat(pure).contains("io.plumbline.controller.plan", "io.plumbline.fake");
    }

    private static DescribedPredicate<JavaClass> arePure() {
        return DescribedPredicate.describe("decide", PurityTest::pure);
    }

    private static boolean pure(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        String name = outer.getSimpleName();
        boolean ofProvider = PROVIDERS.contains(type.getPackageName())
                && (PURE_OF_A_PROVIDER.contains(name) || name.endsWith("Dialect"));
        return ofProvider || PURE_PACKAGES.contains(type.getPackageName());
    }

    private static boolean primitive(JavaClass type) {
        return type.getBaseComponentType().isPrimitive();
    }

    private static boolean acts(JavaCall<?> call) {
        String owner = call.getTargetOwner().getFullName();
        boolean now = owner.startsWith("java.time.") && call.getName().equals("now");
        boolean system = owner.equals("java.lang.System") && !QUIET_OF_SYSTEM.contains(call.getName());
        boolean random = owner.equals("java.lang.Math") && call.getName().equals("random");
        boolean shuffle =
                owner.equals("java.util.Collections") && call.getName().equals("shuffle");
        boolean lookup = ADDRESSES.contains(owner) && !QUIET_OF_ADDRESSES.contains(call.getName());
        return now || system || random || shuffle || lookup;
    }
}
