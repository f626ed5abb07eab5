package dev.gyre.maelstrom.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.RpcError;
import dev.gyre.core.Service;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.RandomStreams;
import dev.gyre.maelstrom.engine.RunObserver;
import dev.gyre.maelstrom.engine.RunPlan;
import dev.gyre.maelstrom.result.Results;
import dev.gyre.maelstrom.simulate.Program;
import dev.gyre.maelstrom.simulate.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Workloads with keys against services of the library, in virtual time. */
class SimulatedWorkloadsTest {
    private static final long SECOND = 1_000_000_000L;

    /** Messages of lin-kv. */
    sealed interface Cell {
        record Read(long key) implements Cell {}

        record ReadOk(long value) implements Cell {}

        record Write(long key, long value) implements Cell {}

        record WriteOk() implements Cell {}

        record Cas(long key, long from, long to) implements Cell {}

        record CasOk() implements Cell {}
    }

    /** Messages of kafka. */
    sealed interface Log {
        record Send(String key, long msg) implements Log {}

        record SendOk(long offset) implements Log {}

        record Poll(SortedMap<String, Long> offsets) implements Log {}

        record PollOk(SortedMap<String, List<List<Long>>> msgs) implements Log {}

        record CommitOffsets(SortedMap<String, Long> offsets) implements Log {}

        record CommitOffsetsOk() implements Log {}

        record ListCommittedOffsets(List<String> keys) implements Log {}

        record ListCommittedOffsetsOk(SortedMap<String, Long> offsets) implements Log {}
    }

    /** Cells on one node; with a fault, every tenth write is forgotten. */
    private static final class Cells implements Service<Cell, Void> {
        private final boolean wrong;
        private final SortedMap<Long, Long> cells = new TreeMap<>();
        private int count;

        Cells(boolean wrong) {
            this.wrong = wrong;
        }

        @Override
        public void step(Event<Cell, Void> event, Network<Cell> network) {
            if (event instanceof Event.Received<Cell, Void>(var message)) {
                network.reply(message, answer(message.payload()));
            }
        }

        private Cell answer(Cell request) {
            return switch (request) {
                case Cell.Read(long key) -> new Cell.ReadOk(found(key));
                case Cell.Write(long key, long value) -> {
                    if (!wrong || ++count % 10 != 0) {
                        cells.put(key, value);
                    }
                    yield new Cell.WriteOk();
                }
                case Cell.Cas(long key, long from, long to) -> {
                    if (found(key) != from) {
                        throw new RpcError(ErrorCode.PRECONDITION_FAILED, "it is not " + from);
                    }
                    cells.put(key, to);
                    yield new Cell.CasOk();
                }
                default -> throw new RpcError(ErrorCode.NOT_SUPPORTED, request.toString());
            };
        }

        private long found(long key) {
            if (!cells.containsKey(key)) {
                throw new RpcError(ErrorCode.KEY_DOES_NOT_EXIST, "nothing at " + key);
            }
            return cells.get(key);
        }
    }

    /** Logs on one node; with a fault, every tenth message becomes another. */
    private static final class Logs implements Service<Log, Void> {
        private final boolean wrong;
        private final SortedMap<String, List<Long>> logs = new TreeMap<>();
        private final SortedMap<String, Long> committed = new TreeMap<>();
        private int count;

        Logs(boolean wrong) {
            this.wrong = wrong;
        }

        @Override
        public void step(Event<Log, Void> event, Network<Log> network) {
            if (event instanceof Event.Received<Log, Void>(var message)) {
                network.reply(message, answer(message.payload()));
            }
        }

        private Log answer(Log request) {
            return switch (request) {
                case Log.Send(var key, long msg) -> {
                    var log = logs.computeIfAbsent(key, first -> new ArrayList<>());
                    log.add(wrong && ++count % 10 == 0 ? -1 : msg);
                    yield new Log.SendOk(log.size() - 1);
                }
                case Log.Poll(var offsets) -> {
                    var msgs = new TreeMap<String, List<List<Long>>>();
                    offsets.forEach((key, from) -> {
                        var log = logs.getOrDefault(key, List.of());
                        var pairs = new ArrayList<List<Long>>();
                        for (long offset = from; offset < log.size(); offset++) {
                            pairs.add(List.of(offset, log.get((int) offset)));
                        }
                        msgs.put(key, pairs);
                    });
                    yield new Log.PollOk(msgs);
                }
                case Log.CommitOffsets(var offsets) -> {
                    committed.putAll(offsets);
                    yield new Log.CommitOffsetsOk();
                }
                case Log.ListCommittedOffsets(var keys) -> {
                    var known = new TreeMap<>(committed);
                    known.keySet().retainAll(keys);
                    yield new Log.ListCommittedOffsetsOk(known);
                }
                default -> throw new RpcError(ErrorCode.NOT_SUPPORTED, request.toString());
            };
        }
    }

    private static Results run(String name, Program<?, ?> program) {
        var nodes = List.of("n0");
        var plan = new RunPlan(
                nodes,
                new RunPlan.Load(1, 100, 10 * SECOND, SECOND),
                Latency.exponential(Duration.ofMillis(5)),
                new RunPlan.FaultPlan(List.of(), SECOND),
                new RandomStreams(3));
        var workload = Workloads.create(name, new Workloads.Settings(nodes, Topology.GRID))
                .orElseThrow();
        return Results.of(
                Simulator.run(plan, workload, program, new RunObserver() {}).result(), Optional.empty());
    }

    @Test
    void cellsAreJudged() {
        assertThat(run("lin-kv", new Program<Cell, Void>(Cell.class, node -> new Cells(false)))
                        .validity())
                .isEqualTo(Validity.VALID);
        assertThat(run("lin-kv", new Program<Cell, Void>(Cell.class, node -> new Cells(true)))
                        .sentences())
                .first()
                .asString()
                .startsWith("Key 0: Not linearizable");
    }

    @Test
    void logsAreJudged() {
        assertThat(run("kafka", new Program<Log, Void>(Log.class, node -> new Logs(false)))
                        .validity())
                .isEqualTo(Validity.VALID);
        assertThat(run("kafka", new Program<Log, Void>(Log.class, node -> new Logs(true)))
                        .sentences())
                .first()
                .asString()
                .endsWith("which nobody sent (unsent-message).");
    }
}
