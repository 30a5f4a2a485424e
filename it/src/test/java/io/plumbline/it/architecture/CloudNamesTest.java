package io.plumbline.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The core never asks which cloud it is, and so never names one: not in code, not in a comment, not in a test.
class CloudNamesTest {
    private static final List<String> CORE = List.of("controller", "readiness-gate", "providers/spi");
    private static final List<String> READ =
            List.of(".java", ".xml", ".yaml", ".yml", ".json", ".md", ".properties", ".txt");

    /// Long enough to be recognised within a word.
    private static final Pattern ANYWHERE = Pattern.compile(
            "aliyun|alibaba|alicloud|tencent|qcloud|amazon|azure|haproxy|elasticload|vserver|vswitch|targetgroup|tkeservice",
            Pattern.CASE_INSENSITIVE);

    /// So short that they are part of honest words (`eni` of `opening`), and meant only where they stand alone.
    private static final Set<String> WORDS = Set.of(
            "ack", "acm", "acs", "aks", "alb", "apigw", "arn", "asg", "aws", "cam", "ccm", "clb", "cvm", "ec2", "eci",
            "ecs", "eip", "eks", "elb", "elbv2", "eni", "gcp", "gke", "gwlb", "iam", "irsa", "lbc", "lcu", "nlb",
            "rrsa", "slb", "tke", "tkex", "waf");

    /// Where a word begins: after anything but a letter or digit, and at each capital of `camelCase` and
    /// `HTTPServer`.
    private static final Pattern WORD_START =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    @Test
    void theCoreNamesNoCloud() {
        List<String> named = CORE.stream()
                .flatMap(folder -> READ.stream().flatMap(ending -> Repository.files(folder, ending).stream()))
                .flatMap(CloudNamesTest::namings)
                .toList();

        assertThat(named).isEmpty();
    }

    @Test
    void aWordWithinAWordIsNoName() {
        assertThat(names("opening a denied slab; awsome balb")).isFalse();
        assertThat(names("learn, camera, track, backend, clbrary, packs")).isFalse();
        assertThat(names("EniIp")).isTrue();
        assertThat(names("describeCLBs of CLB")).isTrue();
        assertThat(names("tke-route")).isTrue();
        assertThat(names("myTencentClient")).isTrue();
        assertThat(names("an NLB's target-group ARN")).isTrue();
        assertThat(names("the vSwitch of SLBs")).isTrue();
    }

    private static Stream<String> namings(Path file) {
        List<String> lines = Repository.text(file).lines().toList();
        return IntStream.range(0, lines.size())
                .filter(line -> names(lines.get(line)))
                .mapToObj(line -> Repository.name(file) + ":" + (line + 1) + " "
                        + lines.get(line).strip());
    }

    private static boolean names(String line) {
        return ANYWHERE.matcher(line).find()
                || WORD_START.splitAsStream(line).anyMatch(word -> WORDS.contains(word.toLowerCase(Locale.ROOT)));
    }
}
