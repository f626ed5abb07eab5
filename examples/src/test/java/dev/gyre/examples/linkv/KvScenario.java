package dev.gyre.examples.linkv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gyre.core.checker.Keyed;
import dev.gyre.core.checker.Linearizability;
import dev.gyre.core.checker.PerKey;
import dev.gyre.core.checker.RegisterModel;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What any linearizable store must stand. */
public final class KvScenario {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int KEYS = 4;

    private KvScenario() {}

    private static KvMessage request(Keyed<Integer, RegisterModel.Input<Long>> input) {
        var key = JSON.numberNode(input.key());
        return switch (input.input()) {
            case RegisterModel.Read<Long> read -> new KvMessage.Read(key);
            case RegisterModel.Write<Long>(var value) -> new KvMessage.Write(key, JSON.numberNode(value));
            case RegisterModel.Cas<Long>(var from, var to) ->
                new KvMessage.Cas(key, JSON.numberNode(from), JSON.numberNode(to), null);
        };
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
        var processes = new Processes<KvMessage, Keyed<Integer, RegisterModel.Input<Long>>, RegisterModel.Output<Long>>(
                run, KvScenario::request, KvScenario::answer);
        var clients = processes.start(6, Duration.ofMillis(200), client -> client.call(draw(run.random())));
        run.whenSettled(() -> clients.forEach(client -> IntStream.range(0, KEYS)
                .forEach(key -> client.call(new Keyed<>(key, new RegisterModel.Read<>())))));
        run.check(() -> {
            var result =
                    PerKey.check(processes.history(), history -> Linearizability.check(new RegisterModel<>(), history));
            assertThat(result.validity()).as(result.sentence()).isEqualTo(Validity.VALID);
            assertThat(processes.served()).isGreaterThan(10);
        });
    }
}
