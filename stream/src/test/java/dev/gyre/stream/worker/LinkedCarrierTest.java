package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Service;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.simulation.Fault;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Numbers;
import dev.gyre.stream.exchange.Records;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two nodes whose carriers have links with little room. */
class LinkedCarrierTest {
    private static final int EDGE = 4;
    private static final int WINDOW = SmallLinks.RECORDS_AN_ITEM * SmallLinks.ITEMS_A_WINDOW;

    private final TreeMap<String, End> ends = new TreeMap<>();
    private final TreeMap<Integer, Long> lives = new TreeMap<>();

    LinkedCarrierTest() {
        lives.put(0, 1L);
        lives.put(1, 1L);
    }

    /** A node with a carrier, and what that tells. */
    private static final class End implements Service<JobMessage, JobNode.Signal>, Carrier.Receiver {
        final Carrier carrier;
        final ArrayDeque<Consumer<Carrier>> actions = new ArrayDeque<>();
        final List<String> items = new ArrayList<>();
        final List<Long> lost = new ArrayList<>();

        End(NodeContext<JobMessage, JobNode.Signal> node) {
            var carriage = Carriage.OverLinks.byReference(SmallLinks.SETTINGS);
            carrier = Carrier.of(node, carriage, node.nodeIds().indexOf(node.nodeId()), this);
        }

        @Override
        public void step(Event<JobMessage, JobNode.Signal> event, Network<JobMessage> network) {
            if (event instanceof Event.Received(var message) && message.payload() instanceof JobMessage.Woken) {
                actions.remove().accept(carrier);
            } else if (event instanceof Event.Received(var message)) {
                carrier.receive(message.src(), message.payload());
            } else {
                carrier.tick();
            }
        }

        @Override
        public void receive(int from, Frame frame) {
            if (frame instanceof Frame.Channel(var generation, var edge, Records records)) {
                var batch = records.asObjects();
                for (int i = 0; i < batch.size(); i++) {
                    items.add(String.valueOf(batch.values[i]));
                }
            } else {
                items.add(
                        frame instanceof Frame.Channel channel ? channel.item().toString() : frame.toString());
            }
        }

        @Override
        public void lost(long generation, String reason) {
            lost.add(generation);
        }

        @Override
        public void failed(long generation, RuntimeException failure) {
            throw failure;
        }
    }

    private End end(int worker) {
        return ends.computeIfAbsent("n" + worker, name -> {
            throw new AssertionError("no node " + name);
        });
    }

    private void run(FaultKind fault, Consumer<SimulationRun<JobMessage>> scenario) {
        ServiceFactory<JobMessage, JobNode.Signal> factory = node -> {
            var end = new End(node);
            ends.put(node.nodeId(), end);
            return end;
        };
        Simulation.of(JobMessage.class, factory)
                .nodes(2)
                .latency(Latency.exponential(Duration.ofMillis(2)))
                .faults(EnumSet.of(fault))
                .chaos(Duration.ofSeconds(8))
                .settle(Duration.ofSeconds(2))
                .run(1, scenario::accept);
    }

    private void at(SimulationRun<JobMessage> run, int seconds, int worker, Consumer<Carrier> action) {
        run.after(Duration.ofSeconds(seconds), () -> {
            end(worker).actions.add(action);
            var unused = run.client().call("n" + worker, new JobMessage.Woken(), Duration.ofSeconds(1));
        });
    }

    private void begin(SimulationRun<JobMessage> run, int seconds, int worker, long generation) {
        at(run, seconds, worker, carrier -> {
            carrier.live(lives.getOrDefault(worker, 0L));
            carrier.begin(generation, id -> Optional.ofNullable(lives.get(id)));
        });
    }

    private static void sendBatch(Carrier carrier, long generation, int from, int to) {
        var batch = new Batch();
        for (int i = from; i < to; i++) {
            batch.add(i, 0, i, 0);
        }
        carrier.send(1, new Frame.Channel(generation, EDGE, batch));
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    @Test
    void creditComesBackOnlyWhenRecordsAreConsumed() {
        creditComesBack(carrier -> sendBatch(carrier, 1, 0, 20));
    }

    @Test
    void numbersTakeTheSameCredit() {
        creditComesBack(carrier -> {
            var numbers = new Numbers();
            for (int i = 0; i < 20; i++) {
                numbers.add(i, i, 0);
            }
            carrier.send(1, new Frame.Channel(1, EDGE, numbers));
        });
    }

    private void creditComesBack(Consumer<Carrier> sendTwenty) {
        run(FaultKind.SLOW_DISK, run -> {
            begin(run, 0, 0, 1);
            begin(run, 0, 1, 1);
            at(run, 1, 0, sendTwenty);
            run.after(Duration.ofSeconds(2), () -> {
                var before = List.copyOf(end(1).items);
                run.check(() -> assertThat(before).isEqualTo(numbers(WINDOW)));
            });
            at(run, 3, 1, carrier -> carrier.consumed(EDGE, 0, SmallLinks.RECORDS_AN_ITEM));
            run.whenSettled(() ->
                    run.check(() -> assertThat(end(1).items).isEqualTo(numbers(WINDOW + SmallLinks.RECORDS_AN_ITEM))));
        });
    }

    @Test
    void whatFollowsRecordsThatWaitDoesNotOvertakeThem() {
        run(FaultKind.DUPLICATION, run -> {
            begin(run, 0, 0, 1);
            begin(run, 0, 1, 1);
            at(run, 1, 0, carrier -> {
                sendBatch(carrier, 1, 0, 20);
                carrier.send(1, new Frame.Channel(1, EDGE, new Item.End()));
                carrier.send(1, new Frame.Channel(1, EDGE + 1, new Item.Idle()));
            });
            at(run, 3, 1, carrier -> carrier.consumed(EDGE, 0, WINDOW));
            at(run, 5, 1, carrier -> carrier.consumed(EDGE, 0, WINDOW));
            run.whenSettled(() -> run.check(() -> {
                assertThat(end(1).items.get(WINDOW)).as("another channel").isEqualTo("Idle[]");
                var others = new ArrayList<>(end(1).items);
                others.remove("Idle[]");
                var expected = new ArrayList<>(numbers(20));
                expected.add("End[]");
                assertThat(others).isEqualTo(expected);
            }));
        });
    }

    @Test
    void newGenerationGivesBackTheCreditOfWhatIsOver() {
        run(FaultKind.SLOW_DISK, run -> {
            begin(run, 0, 0, 1);
            begin(run, 0, 1, 1);
            at(run, 1, 0, carrier -> sendBatch(carrier, 1, 100, 120));
            begin(run, 2, 0, 2);
            begin(run, 2, 1, 2);
            run.after(Duration.ofSeconds(2), () -> end(1).items.clear());
            at(run, 3, 0, carrier -> sendBatch(carrier, 2, 0, WINDOW));
            run.whenSettled(() -> run.check(() -> assertThat(end(1).items).isEqualTo(numbers(WINDOW))));
        });
    }

    private void secondLife(SimulationRun<JobMessage> run) {
        begin(run, 0, 0, 1);
        begin(run, 0, 1, 1);
        at(run, 1, 0, carrier -> sendBatch(carrier, 1, 100, 103));
        run.after(Duration.ofMillis(1500), () -> run.inject(new Fault.Crash("n1")));
        run.after(Duration.ofMillis(1600), () -> run.inject(new Fault.Restart("n1")));
        run.after(Duration.ofMillis(1700), () -> lives.put(1, 2L));
    }

    @Test
    void generationBeginsWithTheLivesThatAreKnown() {
        run(FaultKind.SLOW_DISK, run -> {
            secondLife(run);
            begin(run, 2, 0, 2);
            at(run, 2, 0, carrier -> sendBatch(carrier, 2, 0, WINDOW));
            begin(run, 3, 1, 2);
            run.whenSettled(() -> run.check(() -> {
                assertThat(end(1).items).isEqualTo(numbers(WINDOW));
                assertThat(end(0).lost).as("generations lost").doesNotContain(2L);
            }));
        });
    }

    @Test
    void generationIsLostWhenAPeerIsAnotherOne() {
        run(FaultKind.SLOW_DISK, run -> {
            secondLife(run);
            begin(run, 2, 1, 1);
            run.whenSettled(() -> run.check(
                    () -> assertThat(end(0).lost).as("generations lost").contains(1L)));
        });
    }
}
