package io.plumbline.controller.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.spi.CoreAnnotations;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.objects.Metadata;
import io.plumbline.spi.objects.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IntentTest {
    private static final ObjectKey SHOP = ObjectKey.service("web", "shop");
    private static final Mark MARK = new Mark("cluster", SHOP, "uid");

    @Test
    void theAttemptUnderWayIsTheOneThatIsWritten() {
        Metadata metadata = annotated(Map.of(CoreAnnotations.INTENT, Intent.text(MARK, 4, 0)));

        assertThat(Intent.underWay(metadata, 0)).contains(4);
        assertThat(Intent.next(metadata, MARK, 0)).isEqualTo(4);
    }

    @Test
    void aTokenThatIsShownHasBeenUsed() {
        Metadata metadata = annotated(Map.of("cloud.example/token", MARK.token(2)));

        assertThat(Intent.shown(metadata, MARK, 0)).contains(2);
        assertThat(Intent.next(metadata, MARK, 0)).isEqualTo(3);
    }

    @Test
    void withoutAnyTraceTheFirstAttemptIsNext() {
        assertThat(Intent.next(annotated(Map.of()), MARK, 0)).isEqualTo(1);
    }

    @Test
    void whatSomebodyElseHasWrittenIsNoAttempt() {
        Metadata metadata = annotated(Map.of(CoreAnnotations.INTENT, "attempt=many", "x", "plumbline-strange"));

        assertThat(Intent.underWay(metadata, 0)).isEmpty();
        assertThat(Intent.next(metadata, MARK, 0)).isEqualTo(1);
    }

    private static Metadata annotated(Map<String, String> annotations) {
        return new Metadata(
                SHOP, "uid", "1", 1, Instant.EPOCH, false, new TreeMap<>(), new TreeMap<>(annotations), List.of());
    }
}
