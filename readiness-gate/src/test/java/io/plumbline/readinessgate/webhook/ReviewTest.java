package io.plumbline.readinessgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.readinessgate.webhook.IncomingPod.Container;
import io.plumbline.readinessgate.webhook.IncomingPod.Lifecycle;
import io.plumbline.readinessgate.webhook.Review.Asked;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewTest {
    @Test
    void aNewPodIsRead() {
        Asked asked = Review.read(bytes(Reviews.creating("shop", """
                {"metadata":{"generateName":"web-","labels":{"app":"web"},"annotations":{"a":"b"}},
                 "spec":{"terminationGracePeriodSeconds":45,"readinessGates":[{"conditionType":"x/y"}],
                  "containers":[{"name":"one"},{"name":"two","lifecycle":{"postStart":{}}},
                   {"name":"three","lifecycle":{"preStop":{"exec":{"command":["true"]}}}}]}}""")));

        assertThat(asked).isInstanceOfSatisfying(Asked.AboutPod.class, about -> {
            assertThat(about.uid()).isEqualTo(Reviews.UID);
            assertThat(about.pod().namespace()).isEqualTo("shop");
            assertThat(about.pod().labels()).containsEntry("app", "web");
            assertThat(about.pod().annotations()).containsEntry("a", "b");
            assertThat(about.pod().gates()).contains(List.of("x/y"));
            assertThat(about.pod().graceSeconds()).contains(45L);
            assertThat(about.pod().containers())
                    .containsExactly(
                            new Container("one", Lifecycle.ABSENT),
                            new Container("two", Lifecycle.WITHOUT_PRE_STOP),
                            new Container("three", Lifecycle.WITH_PRE_STOP));
        });
    }

    @Test
    void missingFieldsAreNoTrouble() {
        Asked asked = Review.read(bytes(Reviews.creating("shop", "{\"metadata\":{},\"spec\":{}}")));

        assertThat(asked).isInstanceOfSatisfying(Asked.AboutPod.class, about -> {
            assertThat(about.pod().gates()).isEqualTo(Optional.empty());
            assertThat(about.pod().graceSeconds()).isEmpty();
            assertThat(about.pod().containers()).isEmpty();
        });
    }

    @Test
    void otherKindsAndOperationsAreNoneOfOurBusiness() {
        String update = Reviews.creating("shop", "{\"spec\":{}}").replace("CREATE", "UPDATE");
        String service = Reviews.creating("shop", "{\"spec\":{}}").replace("\"kind\":\"Pod\"", "\"kind\":\"Service\"");

        assertThat(Review.read(bytes(update))).isEqualTo(new Asked.AboutOther(Reviews.UID));
        assertThat(Review.read(bytes(service))).isEqualTo(new Asked.AboutOther(Reviews.UID));
    }

    @Test
    void whatIsNoReviewIsMalformed() {
        for (String text : List.of(
                "", "{", "[]", "null", "{}", "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\"}")) {
            assertThat(Review.read(bytes(text))).as(text).isInstanceOf(Asked.Malformed.class);
        }
        assertThat(Review.read(bytes(Reviews.creating("shop", "{\"spec\":{}}").replace("io/v1", "io/v1beta1"))))
                .isInstanceOf(Asked.Malformed.class);
    }

    @Test
    void theAnswerAlwaysAllows() {
        assertThat(text(Review.write("u", Admission.untouched())))
                .isEqualTo("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\","
                        + "\"response\":{\"uid\":\"u\",\"allowed\":true}}");
    }

    @Test
    void patchAndWarningsAreWritten() {
        Admission admission =
                new Admission(List.of(new Admission.Operation("/spec/x", List.of(1, "two"))), List.of("w".repeat(300)));
        String patch = Base64.getEncoder()
                .encodeToString(bytes("[{\"op\":\"add\",\"path\":\"/spec/x\",\"value\":[1,\"two\"]}]"));

        assertThat(text(Review.write("u", admission)))
                .contains("\"patchType\":\"JSONPatch\",\"patch\":\"" + patch + "\"")
                .contains("\"warnings\":[\"plumbline: www")
                .hasSizeLessThan(600);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
