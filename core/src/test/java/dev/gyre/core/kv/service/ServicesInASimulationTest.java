package dev.gyre.core.kv.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Event;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Service;
import dev.gyre.core.checker.Linearizability;
import dev.gyre.core.checker.RegisterModel;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import dev.gyre.core.kv.KvClient;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.core.kv.TsoClient;
import dev.gyre.core.kv.TsoMessage;
import dev.gyre.core.simulation.FaultKind;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The services beside simulated nodes, which ask them on behalf of clients. */
final class ServicesInASimulationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    sealed interface Msg {
        record Put(long number) implements Msg {}

        record PutOk() implements Msg {}

        record Get() implements Msg {}

        record GetOk(long number) implements Msg {}

        record Stamp() implements Msg {}

        record StampOk(long number) implements Msg {}
    }

    /** One register, kept in a store. */
    private static final class RegisterNode implements Service<Msg, Void> {
        private final KvClient<Long> kv;
        private final TsoClient tso;

        RegisterNode(KvClient<Long> kv, NodeContext<Msg, Void> node) {
            this.kv = kv;
            this.tso = TsoClient.linTso(node);
        }

        @Override
        public void step(Event<Msg, Void> event, Network<Msg> network) {
            if (event instanceof Event.Received<Msg, Void>(var message)) {
                switch (message.payload()) {
                    case Msg.Put(long number) ->
                        kv.write("k", number).whenDone(outcome -> {
                            outcome.orThrow();
                            network.reply(message, new Msg.PutOk());
                        });
                    case Msg.Get() ->
                        kv.readOr("k", 0L)
                                .whenDone(outcome -> network.reply(message, new Msg.GetOk(outcome.orThrow())));
                    case Msg.Stamp() ->
                        tso.next().whenDone(outcome -> network.reply(message, new Msg.StampOk(outcome.orThrow())));
                    case Msg.PutOk ok -> {}
                    case Msg.GetOk ok -> {}
                    case Msg.StampOk ok -> {}
                }
            }
        }
    }

    /** Puts and gets of any number of clients at once, as a checker takes them. */
    private static final class Recorder {
        private final List<Operation<RegisterModel.Input<Long>, RegisterModel.Output<Long>>> history =
                new ArrayList<>();
        private final SimulationRun<Msg> run;
        private int count;

        Recorder(SimulationRun<Msg> run) {
            this.run = run;
        }

        void invoke(int process, Msg request, RegisterModel.Input<Long> input) {
            int index = count++;
            long began = run.nowNanos();
            run.client().call(run.anyNode(), request, SECOND).whenDone(outcome -> {
                var answer = outcome.map(ServicesInASimulationTest::answer);
                history.add(new Operation<>(index, process, input, began, answer, run.nowNanos()));
            });
        }

        Validity verdict() {
            history.sort(Comparator.comparingInt(Operation::index));
            return Linearizability.check(new RegisterModel<>(), history).validity();
        }
    }

    private static RegisterModel.Output<Long> answer(Msg reply) {
        return reply instanceof Msg.GetOk(long number) ? new RegisterModel.Value<>(number) : new RegisterModel.Done<>();
    }

    /** The verdict on a register under faults. */
    private static Validity play(Simulation<Msg, Void> simulation, long seed) {
        var verdicts = new ArrayList<Validity>();
        simulation
                .faults(FaultKind.WITHOUT_CRASHES)
                .chaos(Duration.ofSeconds(10))
                .run(seed, run -> {
                    var recorder = new Recorder(run);
                    recorder.invoke(0, new Msg.Put(0), new RegisterModel.Write<>(0L));
                    run.every(Duration.ofMillis(50), () -> {
                        long number = run.nowNanos();
                        boolean isPut = run.random().nextBoolean();
                        recorder.invoke(
                                (int) number,
                                isPut ? new Msg.Put(number) : new Msg.Get(),
                                isPut ? new RegisterModel.Write<>(number) : new RegisterModel.Read<>());
                    });
                    run.check(() -> verdicts.add(recorder.verdict()));
                });
        return verdicts.getFirst();
    }

    @Test
    void linKvIsLinearizable() {
        for (long seed = 1; seed <= 20; seed++) {
            var simulation = Simulation.<Msg, Void>of(
                            Msg.class, node -> new RegisterNode(KvClient.linKv(node, Long.class), node))
                    .with("lin-kv", KvMessage.class, LinKvService::new);
            assertThat(play(simulation, seed)).as("seed %d", seed).isEqualTo(Validity.VALID);
        }
    }

    @Test
    void seqKvAndLwwKvAreNot() {
        var seq = Simulation.<Msg, Void>of(Msg.class, node -> new RegisterNode(KvClient.seqKv(node, Long.class), node))
                .with("seq-kv", KvMessage.class, SeqKvService::new);
        assertThat(play(seq, 1)).isEqualTo(Validity.INVALID);
        var lww = Simulation.<Msg, Void>of(Msg.class, node -> new RegisterNode(KvClient.lwwKv(node, Long.class), node))
                .with("lww-kv", KvMessage.class, LwwKvService::new);
        assertThat(play(lww, 1)).isEqualTo(Validity.INVALID);
    }

    @Test
    void linTsoGivesEachNumberOnceFromZero() {
        var simulation = Simulation.<Msg, Void>of(
                        Msg.class, node -> new RegisterNode(KvClient.linKv(node, Long.class), node))
                .with("lin-tso", TsoMessage.class, LinTsoService::new)
                .faults(FaultKind.WITHOUT_CRASHES);
        simulation.verify(1, run -> {
            var client = run.client();
            var numbers = new TreeSet<Long>();
            run.every(
                    Duration.ofMillis(100),
                    () -> client.call(run.anyNode(), new Msg.Stamp(), SECOND).whenDone(outcome -> {
                        if (outcome instanceof Outcome.Ok<Msg>(Msg.StampOk(long number))) {
                            assertThat(numbers.add(number))
                                    .as("%d is new", number)
                                    .isTrue();
                        }
                    }));
            run.check(() -> {
                assertThat(numbers).hasSizeGreaterThan(100).contains(0L);
                assertThat(numbers.last()).isLessThan(300);
            });
        });
    }
}
