package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.stream.testing.OperatorKit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShapesTest {
    /** Numbers that two divides go to the first stream, those that three divides to the second. */
    private static Stream<String> divide(Stream<Integer> numbers) {
        var parts = numbers.split(2, (number, to) -> {
            if (number % 2 == 0) {
                to.accept(0);
            }
            if (number % 3 == 0) {
                to.accept(1);
            }
        });
        parts.get(1).map(number -> "three " + number).sink("threes", context -> (value, time) -> {});
        return parts.get(0).map(number -> "two " + number);
    }

    @Test
    void recordGoesToAnyOfTheStreamsThatItIsSplitIn() {
        var kit = OperatorKit.<Integer, String>of(ShapesTest::divide);
        for (int i = 1; i <= 6; i++) {
            kit.send(i);
        }
        while (kit.step()) {}
        // Every end of the stage is seen by the kit.
        assertThat(kit.values()).containsExactly("two 2", "three 3", "two 4", "two 6", "three 6");
    }

    @Test
    void streamThatThereIsNotIsRefused() {
        var kit = OperatorKit.<Integer, Integer>of(
                stream -> stream.split(1, (value, to) -> to.accept(value)).getFirst());
        kit.send(0);
        kit.send(1);
        assertThat(kit.step()).isTrue();
        assertThatThrownBy(kit::step).hasMessage("a stream is split in 1, numbered from 0: there is no number 1");
        assertThatThrownBy(() -> OperatorKit.<Integer, Integer>of(
                        stream -> stream.split(0, (value, to) -> {}).getFirst()))
                .hasMessage("a stream is split in at least 1, not in 0");
    }

    @Test
    void statefulMapKeepsAndForgets() {
        var kit = OperatorKit.<Long, Long, String>keyed(stream -> stream.statefulMap("pairs", ShapesTest::pair));
        long key = kit.keyOf(0, 0);
        for (long i = 1; i <= 3; i++) {
            kit.send(key, i);
        }
        while (kit.step()) {}
        assertThat(kit.values()).containsExactly("1 waits", "1 and 2", "3 waits");
    }

    private static Next<String, Long> pair(Long key, Long value, Optional<Long> before) {
        return before.isPresent() ? Next.forget(before.get() + " and " + value) : Next.keep(value + " waits", value);
    }
}
