package dev.gyre.examples.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.checker.Linearizability;
import dev.gyre.core.checker.MutexModel;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import dev.gyre.examples.lock.LockNode.Msg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What any lock must stand. */
public final class LockScenario {
    private static final int CLIENTS = 6;

    private LockScenario() {}

    private static Msg request(MutexModel.Input input) {
        return switch (input) {
            case MutexModel.Acquire(long holder) -> new Msg.Acquire(holder);
            case MutexModel.Release(long holder) -> new Msg.Release(holder);
        };
    }

    /** Clients that acquire and release while faults go on, and once more when all is mended; the history must be that of one lock. */
    public static void oneHolderAtATime(SimulationRun<Msg> run) {
        play(run);
    }

    /** The same, and when all is mended, the lock must be free or can be freed, and goes to one client. */
    public static void oneHolderAtATimeAndServed(SimulationRun<Msg> run) {
        var last = play(run);
        run.check(() -> {
            assertThat(last).hasSize(CLIENTS).allMatch(Processes::isAnswered);
            assertThat(last).filteredOn(Outcome.Ok.class::isInstance).hasSizeBetween(1, CLIENTS);
        });
    }

    private static List<Outcome<?>> play(SimulationRun<Msg> run) {
        var processes = new Processes<Msg, MutexModel.Input, MutexModel.Done>(
                run, LockScenario::request, reply -> new MutexModel.Done());
        var mayHold = new TreeSet<Integer>();
        var clients = processes.start(CLIENTS, Duration.ofMillis(200), client -> {
            int holder = client.number();
            boolean isRelease = mayHold.contains(holder) || run.random().nextInt(8) == 0;
            return client.call(isRelease ? new MutexModel.Release(holder) : new MutexModel.Acquire(holder))
                    .then(outcome -> {
                        if (isRelease && !(outcome instanceof Outcome.Unknown)) {
                            mayHold.remove(holder);
                        } else if (!(outcome instanceof Outcome.Failed)) {
                            mayHold.add(holder);
                        }
                        return Promise.of(outcome);
                    });
        });
        var last = new ArrayList<Outcome<?>>();
        run.whenSettled(() -> clients.forEach(client -> client.call(new MutexModel.Release(client.number()))
                .whenDone(released ->
                        client.call(new MutexModel.Acquire(client.number())).whenDone(last::add))));
        run.check(() -> {
            var result = Linearizability.check(new MutexModel(), processes.history());
            assertThat(result.validity()).as(result.sentence()).isEqualTo(Validity.VALID);
            assertThat(processes.served()).isPositive();
        });
        return last;
    }
}
