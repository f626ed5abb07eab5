package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the models say on their own, where a history would not show it. */
final class ModelTest {
    @Test
    void queueMayBeEmptyForADequeueWithoutAnAnswer() {
        assertThat(new QueueModel<Long>().step(List.of(), new QueueModel.Dequeue<>(), unknown()))
                .contains(List.of());
    }

    @Test
    void logsAreEqualByTheirValues() {
        assertThat(log(1, 2, 3)).isEqualTo(log(1, 2, 3)).hasSameHashCodeAs(log(1, 2, 3));
        assertThat(log(1, 2, 3)).isNotEqualTo(log(1, 2)).isNotEqualTo(log(1, 3, 2));
    }

    @Test
    void logsWithEqualHashesCanDiffer() {
        // 31 * 0 + 31 = 31 * 1 + 0
        assertThat(log(0, 31)).hasSameHashCodeAs(log(1, 0)).isNotEqualTo(log(1, 0));
    }

    @Test
    void longStatesAreChargedForTheirLength() {
        var set = new SetModel();
        var empty = set.initial();
        var one = set.step(empty, new SetInput.Add(1), unknown()).orElseThrow();
        assertThat(set.sizeBytes(one)).isGreaterThan(set.sizeBytes(empty));
        var queue = new QueueModel<Long>();
        assertThat(queue.sizeBytes(List.of(1L, 2L))).isGreaterThan(queue.sizeBytes(List.of(1L)));
    }

    private static LogModel.State<Long> log(long... values) {
        var model = new LogModel<Long>();
        var log = model.initial();
        for (long value : values) {
            log = model.step(log, new LogModel.Append<>(value), unknown()).orElseThrow();
        }
        return log;
    }

    private static <O> Outcome<O> unknown() {
        return new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, ""));
    }
}
