package dev.gyre.examples.linkv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.Outcome;
import dev.gyre.core.checker.Keyed;
import dev.gyre.core.checker.Linearizability;
import dev.gyre.core.checker.PerKey;
import dev.gyre.core.checker.RegisterModel;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What any linearizable store must stand. */
public final class KvScenario {
    private static final int KEYS = 4;
    private static final int CLIENTS = 6;

    private KvScenario() {}

    private static KvMessage request(Keyed<Integer, RegisterModel.Input<Long>> input) {
        var key = number(input.key());
        return switch (input.input()) {
            case RegisterModel.Read<Long> read -> new KvMessage.Read(key);
            case RegisterModel.Write<Long>(var value) -> new KvMessage.Write(key, number(value));
            case RegisterModel.Cas<Long>(var from, var to) -> new KvMessage.Cas(key, number(from), number(to), null);
        };
    }

    /** As a parser makes it: a tree of a long is not equal to it. */
    private static JsonNode number(long value) {
        return JsonNodeFactory.instance.numberNode(Math.toIntExact(value));
    }

    private static RegisterModel.Output<Long> answer(KvMessage reply) {
        return reply instanceof KvMessage.ReadOk(var value)
                ? new RegisterModel.Value<>(value.asLong())
                : new RegisterModel.Done<>();
    }

    private static Keyed<Integer, RegisterModel.Input<Long>> draw(RandomGenerator random) {
        long value = random.nextInt(5);
        RegisterModel.Input<Long> input = switch (random.nextInt(6)) {
            case 0 -> new RegisterModel.Write<>(value);
            case 1, 2 -> new RegisterModel.Cas<>((long) random.nextInt(5), value);
            default -> new RegisterModel.Read<>();
        };
        return new Keyed<>(random.nextInt(KEYS), input);
    }

    /** Clients that read, write and compare-and-set while faults go on, and read all when all is mended, each at its node. */
    public static void keysAreLinearizable(SimulationRun<KvMessage> run) {
        play(run);
    }

    /** The same, and all that is asked when all is mended must be answered. */
    public static void keysAreLinearizableAndServed(SimulationRun<KvMessage> run) {
        var last = play(run);
        run.check(() -> assertThat(last).hasSize(CLIENTS * KEYS).allMatch(Processes::isAnswered));
    }

    private static List<Outcome<?>> play(SimulationRun<KvMessage> run) {
        var processes = new Processes<KvMessage, Keyed<Integer, RegisterModel.Input<Long>>, RegisterModel.Output<Long>>(
                run, KvScenario::request, KvScenario::answer);
        var clients = processes.start(CLIENTS, Duration.ofMillis(200), client -> client.call(draw(run.random())));
        var last = new ArrayList<Outcome<?>>();
        run.whenSettled(() -> clients.forEach(client -> IntStream.range(0, KEYS)
                .forEach(key -> client.call(new Keyed<>(key, new RegisterModel.Read<>()))
                        .whenDone(last::add))));
        run.check(() -> {
            var result =
                    PerKey.check(processes.history(), history -> Linearizability.check(new RegisterModel<>(), history));
            assertThat(result.validity()).as(result.sentence()).isEqualTo(Validity.VALID);
        });
        return last;
    }
}
