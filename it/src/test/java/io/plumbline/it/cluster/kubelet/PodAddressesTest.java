package io.plumbline.it.cluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PodAddressesTest {

    private final PodAddresses addresses = new PodAddresses();

    @AfterEach
    void close() {
        addresses.close();
    }

    @Test
    void eachPodGetsAnAddressOfItsOwn() {
        String first = addresses.take().join();
        assertThat(addresses.isHeld(first)).isTrue();
        addresses.release(first);
        assertThat(addresses.isHeld(first)).isFalse();
        assertThat(addresses.take().join()).isNotEqualTo(first);
    }

    @Test
    void blockAfterBlockIsUsed() {
        String first = addresses.take().join();
        for (int i = 0; i < 253; i++) {
            addresses.take().join();
        }
        assertThat(block(addresses.take().join())).isNotEqualTo(block(first));
    }

    @Test
    void twoClustersHaveDifferentBlocks() {
        String ours = addresses.take().join();
        try (PodAddresses theirs = new PodAddresses()) {
            assertThat(block(theirs.take().join())).isNotEqualTo(block(ours));
        }
    }

    @Test
    void whenReusingTheNextPodGetsTheAddressFreedLast() {
        String first = addresses.take().join();
        String second = addresses.take().join();
        addresses.reuse();
        addresses.release(first);
        addresses.release(second);
        assertThat(addresses.take().join()).isEqualTo(second);
        assertThat(addresses.take().join()).isEqualTo(first);
    }

    @Test
    void whenReusingTheNextPodWaitsForTheOneThatLeaves() {
        String first = addresses.take().join();
        addresses.reuse();
        addresses.leaving(first);
        CompletableFuture<String> next = addresses.take();
        CompletableFuture<String> oneMore = addresses.take();
        assertThat(next).isNotDone();
        assertThat(oneMore).isDone();

        addresses.release(first);

        assertThat(next.join()).isEqualTo(first);
        assertThat(addresses.isHeld(first)).isTrue();
    }

    @Test
    void whileOneLeavesTheNextPodTakesNoneFreedBefore() {
        String before = addresses.take().join();
        String leaving = addresses.take().join();
        addresses.release(before);
        addresses.reuse();
        addresses.leaving(leaving);
        CompletableFuture<String> next = addresses.take();
        assertThat(next).isNotDone();

        addresses.release(leaving);

        assertThat(next.join()).isEqualTo(leaving);
    }

    @Test
    void whoWaitsInVainIsPassedOver() {
        String first = addresses.take().join();
        addresses.reuse();
        addresses.leaving(first);
        CompletableFuture<String> gone = addresses.take();
        assertThat(gone.cancel(false)).isTrue();
        addresses.release(first);
        assertThat(addresses.take().join()).isEqualTo(first);
    }

    private static String block(String address) {
        return address.substring(0, address.lastIndexOf('.'));
    }
}
