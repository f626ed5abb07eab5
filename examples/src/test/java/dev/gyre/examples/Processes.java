package dev.gyre.examples;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.history.Operation;
import dev.gyre.core.simulation.SimulatedClient;
import dev.gyre.core.simulation.SimulationRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Clients of a simulated cluster, and the history of what they did and saw. Each does one operation at a time; after one whose
 * outcome is unknown it goes on as another process, as checkers expect. The n-th client talks to the n-th node.
 *
 * @param <M> the payloads of the nodes
 * @param <I> what is asked for, as the checker takes it
 * @param <O> what is answered, as the checker takes it
 */
public final class Processes<M, I, O> {
    /** How long faults, and with them clients, go on: for {@code Simulation.chaos}. */
    public static final Duration CHAOS = Duration.ofSeconds(10);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final SimulationRun<M> run;
    private final Function<I, M> request;
    private final Function<M, O> answer;
    private final List<Operation<I, O>> history = new ArrayList<>();
    private int operations;
    private int lastProcess;

    /** What an operation is on the wire, and what a reply means. */
    public Processes(SimulationRun<M> run, Function<I, M> request, Function<M, O> answer) {
        this.run = run;
        this.request = request;
        this.answer = answer;
    }

    /** One client. */
    public final class Client {
        private final SimulatedClient<M> client = run.client();
        private final String node;
        private final int number;
        private int process = lastProcess++;

        private Client(int number) {
            this.number = number;
            node = run.nodeIds().get(number % run.nodeIds().size());
        }

        /** Which of the clients it is, from 0, whatever process. */
        public int number() {
            return number;
        }

        /** The process that it is now. */
        public int process() {
            return process;
        }

        /** Does an operation. */
        public Promise<O> call(I input) {
            int index = operations++;
            int asked = process;
            long began = run.nowNanos();
            var promise = client.call(node, request.apply(input), TIMEOUT).map(answer);
            return promise.then(outcome -> {
                history.add(new Operation<>(index, asked, input, began, outcome, run.nowNanos()));
                if (outcome instanceof Outcome.Unknown) {
                    process = lastProcess++;
                }
                return Promise.of(outcome);
            });
        }
    }

    /** Starts clients which do one operation after another, with a pause of up to this long before each, while faults go on. */
    public List<Client> start(int count, Duration pauseMax, Function<Client, Promise<O>> next) {
        var clients = new ArrayList<Client>();
        for (int i = 0; i < count; i++) {
            var client = new Client(i);
            clients.add(client);
            schedule(client, pauseMax, next);
        }
        return clients;
    }

    private void schedule(Client client, Duration pauseMax, Function<Client, Promise<O>> next) {
        var pause = Duration.ofNanos(run.random().nextLong(pauseMax.toNanos()));
        run.after(pause, () -> {
            if (run.nowNanos() < CHAOS.toNanos()) {
                next.apply(client).whenDone(outcome -> schedule(client, pauseMax, next));
            }
        });
    }

    /** Whether a node that works has answered: with what was asked for, or a refusal for what it stores. */
    public static boolean isAnswered(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Ok<?> ok -> true;
            case Outcome.Failed<?>(var error) -> !error.code().equals(ErrorCode.TEMPORARILY_UNAVAILABLE);
            case Outcome.Unknown<?> unknown -> false;
        };
    }

    /** What was done, in the order in which it was begun. */
    public List<Operation<I, O>> history() {
        history.sort(Comparator.comparingInt(Operation::index));
        return history;
    }

    /** How many operations were served. */
    public long served() {
        return history.stream().filter(Operation::isOk).count();
    }
}
