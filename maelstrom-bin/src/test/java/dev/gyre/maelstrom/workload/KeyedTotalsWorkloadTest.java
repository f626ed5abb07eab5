package dev.gyre.maelstrom.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.checker.CounterInput;
import dev.gyre.core.checker.CounterOutput;
import dev.gyre.core.checker.Keyed;
import dev.gyre.maelstrom.json.Json;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyedTotalsWorkloadTest {
    private static final Outcome<CounterOutput> ANSWERED = new Outcome.Ok<>(new CounterOutput.Value(0));
    private static final Outcome<CounterOutput> REFUSED = new Outcome.Failed<>(new RpcError(ErrorCode.TIMEOUT, ""));

    private final KeyedTotalsWorkload workload =
            new KeyedTotalsWorkload(new Workloads.Settings(List.of("n0", "n1"), Topology.LINE));

    @Test
    void addsAsOftenAsItReadsAndAKeyGetsSoFewThatItsSumsAreExact() {
        var generator = workload.generator(new SplittableRandom(1));
        var adds = new TreeMap<String, Integer>();
        int reads = 0;
        for (int i = 0; i < 10_000; i++) {
            var drawn = generator.next(i % 5).orElseThrow();
            if (drawn.input() instanceof CounterInput.Add(long value)) {
                assertThat(value).isBetween(1L, 1_000_000L);
                adds.merge(drawn.key(), 1, Integer::sum);
            } else {
                reads++;
            }
        }
        assertThat(reads).isBetween(4_800, 5_200);
        assertThat(adds.values()).allMatch(count -> count <= 16).contains(16);
    }

    @Test
    void atTheEndAWorkerOfEachNodeReadsEachKeyUntilItIsAnswered() {
        var generator = workload.generator(new SplittableRandom(1));
        var used = new TreeSet<String>();
        for (int i = 0; i < 200; i++) {
            used.add(generator.next(0).orElseThrow().key());
        }
        var last = workload.finalGenerator().orElseThrow();
        for (int worker = 0; worker < 2; worker++) {
            var read = new TreeSet<String>();
            for (int i = 0; i < 3 * used.size(); i++) {
                var drawn = last.next(worker).orElseThrow();
                assertThat(drawn.input()).isEqualTo(new CounterInput.Read(true));
                boolean isAnswered = i % 3 == 2;
                workload.ended(worker, drawn, isAnswered ? ANSWERED : REFUSED);
                if (isAnswered) {
                    read.add(drawn.key());
                }
            }
            assertThat(last.next(worker)).isEmpty();
            assertThat(read).isEqualTo(used);
        }
        assertThat(last.next(2)).as("a second worker of the first node").isEmpty();
    }

    @Test
    void aNodeThatNeverAnswersIsGivenUp() {
        workload.generator(new SplittableRandom(1)).next(0);
        var last = workload.finalGenerator().orElseThrow();
        int reads = 0;
        for (var next = last.next(0); next.isPresent(); next = last.next(0)) {
            workload.ended(0, next.get(), REFUSED);
            reads++;
        }
        assertThat(reads).isEqualTo(20);
    }

    @Test
    void whatNoHistoryOfItSaysIsRefused() {
        var numbers = JsonNodeFactory.instance;
        assertThatThrownBy(() -> workload.readInput(
                        new Recorded("add", numbers.arrayNode().add(1).add(2), Json.object())))
                .isInstanceOf(MalformedReply.class)
                .hasMessageContaining("with a text as key");
        assertThatThrownBy(() -> workload.readInput(
                        new Recorded("take", numbers.arrayNode().add("1").add(2), Json.object())))
                .hasMessageContaining("keyed-totals has no operation \"take\"");
        assertThatThrownBy(() -> workload.readOutput(
                        new Keyed<>("1", new CounterInput.Read(false)),
                        new Recorded("total", numbers.arrayNode().add("1"), Json.object())))
                .hasMessageContaining("an array of 2");
    }
}
