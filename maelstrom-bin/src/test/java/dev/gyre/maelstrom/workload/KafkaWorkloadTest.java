package dev.gyre.maelstrom.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.checker.kafka.KafkaReply;
import dev.gyre.core.checker.kafka.KafkaRequest;
import dev.gyre.core.checker.kafka.LogEntry;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KafkaWorkloadTest {
    private final KafkaWorkload workload = new KafkaWorkload(new Workloads.Settings(List.of("n0"), Topology.GRID));
    private final List<Operation<KafkaAction, KafkaAnswer>> history = new ArrayList<>();

    private static KafkaAction action(KafkaRequest request) {
        return new KafkaAction(request, false);
    }

    private static KafkaAnswer sent(long message, long offset) {
        return new KafkaAnswer(new KafkaRequest.Send("1", message), new KafkaReply.Sent(offset));
    }

    /** A poll of key 1 from an offset on, that saw messages whose offsets are their numbers. */
    private static KafkaAnswer polled(long from, long... messages) {
        SortedMap<String, Long> asked = new TreeMap<>();
        asked.put("1", from);
        var entries = new ArrayList<LogEntry>();
        for (long message : messages) {
            entries.add(new LogEntry(message, message));
        }
        var seen = new TreeMap<String, List<LogEntry>>();
        seen.put("1", entries);
        return new KafkaAnswer(new KafkaRequest.Poll(asked), new KafkaReply.Polled(seen));
    }

    private void happened(int process, KafkaAnswer answer) {
        var asked = answer.asked() instanceof KafkaRequest.Poll ? new KafkaRequest.Poll() : answer.asked();
        history.add(new Operation<>(
                history.size(), process, action(asked), history.size(), new Outcome.Ok<>(answer), history.size()));
    }

    @Test
    void aPollIsHeldToTheOffsetsThatItsClientAskedFor() {
        happened(0, sent(3, 3));
        happened(0, sent(5, 5));
        happened(1, polled(0, 3, 5));
        assertThat(workload.check(history).details()).containsEntry("bad-error-types", List.of());

        happened(2, polled(0, 5));
        assertThat(workload.check(history).sentence())
                .contains("from offset 0 on")
                .contains("(poll-skip)");
        history.removeLast();
        happened(2, polled(4, 3, 5));
        assertThat(workload.check(history).sentence())
                .contains("from offset 4 on")
                .contains("(nonmonotonic-poll)");
    }

    @Test
    void theHistoryShowsOperationsAsMaelstromDoes() {
        var send = action(new KafkaRequest.Send("1", 9));
        var poll = action(new KafkaRequest.Poll());
        var assign = action(new KafkaRequest.Assign(List.of("1", "2"), false));

        assertThat(workload.inputValue(send)).hasToString("[[\"send\",\"1\",9]]");
        assertThat(workload.outputValue(send, sent(9, 4))).hasToString("[[\"send\",\"1\",[4,9]]]");
        assertThat(workload.inputValue(poll)).hasToString("[[\"poll\"]]");
        assertThat(workload.outputValue(poll, polled(0, 3, 5))).hasToString("[[\"poll\",{\"1\":[[3,3],[5,5]]}]]");
        assertThat(workload.outputValue(assign, new KafkaAnswer(assign.request(), new KafkaReply.Done())))
                .hasToString("[\"1\",\"2\"]");
        assertThat(List.of(workload.function(send), workload.function(poll), workload.function(assign)))
                .containsExactly("send", "poll", "assign");
    }

    @Test
    void atTheEndANewClientPollsFromTheBeginningUntilItHasSeenTheEnd() {
        end(sent(3, 3));
        end(sent(5, 5));
        var last = workload.finalGenerator().orElseThrow();

        var first = last.next(0).orElseThrow();
        assertThat(first.newClient()).isTrue();
        assertThat(((KafkaRequest.Poll) first.request()).offsets()).containsExactly(Map.entry("1", 0L));
        end(polled(0, 3));
        assertThat(last.next(0)).contains(action(new KafkaRequest.Poll()));
        workload.ended(0, first, new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, "")));
        assertThat(last.next(0)).contains(action(first.request()));
        end(polled(4, 5));
        assertThat(last.next(0)).isEmpty();
        assertThat(last.next(1)).contains(first);
    }

    @Test
    void atTheEndFiftyFruitlessPollsAreEnough() {
        end(sent(3, 3));
        end(sent(5, 5));
        var last = workload.finalGenerator().orElseThrow();
        for (int i = 0; i < 30; i++) {
            assertThat(last.next(0)).isPresent();
            end(polled(0));
        }
        assertThat(last.next(0)).isPresent();
        end(polled(0, 3));
        int more = 0;
        while (last.next(0).isPresent()) {
            end(polled(0, 3)); // the same again is no fruit
            more++;
        }

        assertThat(more).isEqualTo(50);
    }

    @Test
    void nothingIsPolledAtTheEndWhenNothingWasSent() {
        assertThat(workload.finalGenerator().orElseThrow().next(0)).isEmpty();
    }

    private void end(KafkaAnswer answer) {
        workload.ended(0, action(answer.asked()), new Outcome.Ok<>(answer));
    }
}
