package dev.gyre.stream.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.testing.SourceKit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SourcesTest {
    @Test
    void valuesComeInOrder() {
        assertThat(SourceKit.of(Sources.of("a", "b", "c")).run()).containsExactly("a", "b", "c");
        assertThat(SourceKit.of(Sources.of(List.of("a", "b"))).run()).containsExactly("a", "b");
        assertThat(SourceKit.of(Sources.of()).run()).isEmpty();
    }

    @Test
    void iterableIsPassedOverToItsPosition() {
        var kit = SourceKit.of(Sources.of(new TreeSet<>(List.of(3, 1, 2))));
        assertThat(kit.run()).containsExactly(1, 2, 3);
        assertThat(kit.positions()).containsEntry("0", 3L);
    }

    @Test
    void everyIndexIsInOneShare() {
        for (int partitions = 1; partitions < 8; partitions++) {
            for (long size = 0; size < 20; size++) {
                var kit = SourceKit.of(Sources.range(-3, size - 3, partitions)).batch(3);
                assertThat(kit.run().stream().sorted())
                        .containsExactlyElementsOf(
                                LongStream.range(-3, size - 3).boxed().toList());
                assertThat(kit.finished()).hasSize(partitions);
            }
        }
    }

    @Test
    void sharesDifferByOne() {
        var kit = SourceKit.of(Sources.of(List.of("a", "b", "c", "d", "e"), 2)).batch(9);
        kit.step("0");
        assertThat(kit.values()).containsExactly("a", "b", "c");
        kit.step("1");
        assertThat(kit.values()).containsExactly("d", "e");
    }

    @Test
    void largestRangeIsReadToItsEnd() {
        var source = Sources.range(Long.MAX_VALUE - 2, Long.MAX_VALUE);
        assertThat(SourceKit.of(source).batch(Integer.MAX_VALUE).run())
                .containsExactly(Long.MAX_VALUE - 2, Long.MAX_VALUE - 1);
    }

    @Test
    void positionOfAnotherSourceIsRefused() {
        assertThatThrownBy(() -> Sources.of(List.of("a", "b")).open("0", Optional.of(3L)))
                .hasMessage(
                        "partition 0 was read up to 3, and is now from 0 to 2: go on with the source that there was, or"
                                + " begin anew");
        assertThatThrownBy(() -> Sources.of(new TreeSet<>(List.of(1))).open("0", Optional.of(3L)))
                .hasMessageContaining("read up to 3, and is now from 0 to 1");
        assertThatThrownBy(() -> Sources.range(0, 9).open("0", Optional.of("offset")))
                .hasMessageContaining("read up to offset");
    }

    @Test
    void sharesAndBoundsAreChecked() {
        assertThatThrownBy(() -> Sources.range(0, 9, 0)).hasMessage("a source has at least 1 partition, not 0");
        assertThatThrownBy(() -> Sources.range(9, 0)).hasMessage("there is nothing from 9 to 0");
        assertThatThrownBy(() -> Sources.range(Long.MIN_VALUE, Long.MAX_VALUE))
                .hasMessageContaining("there is nothing");
    }
}
