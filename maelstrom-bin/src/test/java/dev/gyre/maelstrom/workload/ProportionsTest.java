package dev.gyre.maelstrom.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often generators ask for what. */
class ProportionsTest {
    private static final int DRAWN = 12_000;

    private static Workloads.Settings settings(int workers, double rate) {
        return new Workloads.Settings(
                List.of("n0", "n1"),
                Topology.GRID,
                new Workloads.Clients(workers, rate, 0),
                new Workloads.Keys(10, 16, 4),
                EnumSet.of(ConsistencyModel.SERIALIZABLE));
    }

    private record Drawn(String function, JsonNode value) {}

    @SuppressWarnings("unchecked") // The tests treat all workloads alike, whatever their operations are.
    private static List<Drawn> draw(String name) {
        var workload = (Workload<Object, Object>)
                Workloads.create(name, settings(4, 100)).orElseThrow();
        var generator = workload.generator(new SplittableRandom(5));
        var drawn = new ArrayList<Drawn>();
        for (int i = 0; i < DRAWN; i++) {
            var input = generator.next(i % 4).orElseThrow();
            drawn.add(new Drawn(workload.function(input), workload.inputValue(input)));
        }
        return drawn;
    }

    private static int count(List<Drawn> drawn, String function) {
        return (int) drawn.stream().filter(it -> it.function.equals(function)).count();
    }

    @Test
    void linKvReadsHalfTheTimeAndOfTheRestComparesTwoThirds() {
        var drawn = draw("lin-kv");

        assertThat(count(drawn, "read")).isBetween(5_800, 6_200);
        assertThat(count(drawn, "write")).isBetween(1_850, 2_150);
        assertThat(count(drawn, "cas")).isBetween(3_800, 4_200);
        var written = new TreeSet<Integer>();
        for (var operation : drawn) {
            var value = operation.value().get(1);
            if (operation.function.equals("write")) {
                written.add(value.intValue());
            } else if (operation.function.equals("cas")) {
                assertThat(value).hasSize(2).allMatch(it -> it.intValue() >= 0 && it.intValue() <= 4);
            }
        }
        assertThat(written).containsExactly(0, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"txn-list-append", "txn-rw-register"})
    void transactionsHaveEachLengthEquallyOftenAndHalfReads(String name) {
        var lengths = new int[5];
        int parts = 0;
        int reads = 0;
        for (var txn : draw(name)) {
            lengths[txn.value.size()]++;
            for (var part : txn.value) {
                parts++;
                reads += part.get(0).asText().equals("r") ? 1 : 0;
                assertThat(part.get(1).isIntegralNumber()).isTrue();
            }
        }

        assertThat(lengths[0]).isZero();
        for (int length = 1; length <= 4; length++) {
            assertThat(lengths[length]).isBetween(2_800, 3_200);
        }
        assertThat((double) reads / parts).isBetween(0.48, 0.52);
    }

    @Test
    void kafkaAssignsOnceIn64AndElsePollsAsOftenAsItSends() {
        var kafka = new KafkaRun(settings(4, 1_000));
        int assigns = 0;
        int polls = 0;
        int sends = 0;
        for (int i = 0; i < DRAWN; i++) {
            var action = kafka.next(i % 4);
            switch (action.request()) {
                case KafkaRequest.Assign assign -> assigns++;
                case KafkaRequest.Poll poll -> polls++;
                default -> sends++;
            }
            kafka.done(i % 4, action);
        }

        assertThat(assigns).isBetween(140, 240); // 188 are due
        assertThat(polls).isBetween(5_700, 6_200);
        assertThat(sends).isBetween(5_700, 6_200);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1_000, 20})
    void kafkaClientsBreakDownEveryThirtySecondsWhateverTheRate(double rate) {
        var kafka = new KafkaRun(settings(4, rate));
        int broken = 0;
        int seconds = 3_000;
        for (int i = 0; i < seconds * rate; i++) {
            var action = kafka.next(i % 4);
            broken += action.newClient() ? 1 : 0;
            assertThat(action.newClient() && !(action.request() instanceof KafkaRequest.Assign))
                    .isFalse();
            kafka.done(i % 4, action);
        }

        assertThat(broken).isBetween(340, 460); // 400 are due
    }

    @Test
    void kafkaClientsGetAnAssignmentBeforeTheyDoAnythingElse() {
        var kafka = new KafkaRun(settings(1, 1_000));
        var first = kafka.next(0);
        assertThat(first.request()).isInstanceOf(KafkaRequest.Assign.class);

        var unclear = new RpcError(ErrorCode.TIMEOUT, "");
        kafka.workload.ended(0, first, new Outcome.Failed<>(new RpcError(ErrorCode.ABORT, "")));
        assertThat(kafka.next(0).request()).isInstanceOf(KafkaRequest.Assign.class);
        kafka.done(0, first);
        var second = kafka.next(0);
        assertThat(second.request()).isNotInstanceOf(KafkaRequest.Assign.class);
        kafka.workload.ended(0, second, new Outcome.Unknown<>(unclear));
        assertThat(kafka.next(0).request()).isInstanceOf(KafkaRequest.Assign.class);
    }

    @Test
    void oneAssignmentInThreeNamesWhatNobodyPolled() {
        var kafka = new KafkaRun(settings(1, 1_000));
        for (int key = 100; key < 120; key++) {
            var send = new KafkaAction(new KafkaRequest.Send(Integer.toString(key), 1), false);
            kafka.workload.ended(0, send, new Outcome.Ok<>(new KafkaAnswer(send.request(), new KafkaReply.Sent(key))));
        }
        int all = 0;
        for (int i = 0; i < 3_000; i++) { // no assignment is ever granted
            var keys = ((KafkaRequest.Assign) kafka.next(0).request()).keys();
            assertThat(keys).hasSizeBetween(1, 21);
            all += keys.size() == 21 ? 1 : 0;
        }

        assertThat(all).isBetween(900, 1_100);
    }

    /** The workload, with a node that grants every assignment. */
    private static final class KafkaRun {
        final KafkaWorkload workload;
        final Generator<KafkaAction> generator;

        KafkaRun(Workloads.Settings settings) {
            workload = new KafkaWorkload(settings);
            generator = workload.generator(new SplittableRandom(5));
        }

        KafkaAction next(int worker) {
            return generator.next(worker).orElseThrow();
        }

        void done(int worker, KafkaAction action) {
            if (action.request() instanceof KafkaRequest.Assign) {
                workload.ended(
                        worker, action, new Outcome.Ok<>(new KafkaAnswer(action.request(), new KafkaReply.Done())));
            }
        }
    }
}
