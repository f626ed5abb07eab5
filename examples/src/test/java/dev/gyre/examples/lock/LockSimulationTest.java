package dev.gyre.examples.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.kv.KvMessage;
import dev.gyre.core.kv.service.LinKvService;
import dev.gyre.core.simulation.FaultPlan;
import dev.gyre.core.simulation.Latency;
import dev.gyre.core.simulation.Simulation;
import dev.gyre.core.simulation.SimulationRun;
import dev.gyre.examples.Processes;
import dev.gyre.examples.lock.LockNode.Msg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lock under every fault: nodes keep nothing, so crashes are no worse than the rest. */
final class LockSimulationTest {
    private static Simulation<Msg, Void> cluster() {
        return Simulation.of(Msg.class, LockNode::new)
                .with("lin-kv", KvMessage.class, LinKvService::new)
                .nodes(3)
                .chaos(Processes.CHAOS);
    }

    @Test
    void lockHasOneHolderAtATimeUnderEveryFault() {
        cluster().sweep(1, 50, LockScenario::oneHolderAtATimeAndServed);
        cluster().verify(51, LockScenario::oneHolderAtATimeAndServed);
    }

    @Test
    void lockHasOneHolderAtATimeWhenRepliesComeTooLate() {
        cluster().latency(Latency.exponential(Duration.ofMillis(300))).sweep(1, 20, LockScenario::oneHolderAtATime);
    }

    @Test
    void refusalSaysWhyAndIsCertain() {
        cluster().faults(FaultPlan.NONE).run(1, run -> {
            var requests = List.<Msg>of(
                    new Msg.Release(1),
                    new Msg.Acquire(1),
                    new Msg.Acquire(1),
                    new Msg.Acquire(2),
                    new Msg.Release(2),
                    new Msg.Release(1),
                    new Msg.Acquire(2));
            var answers = new ArrayList<String>();
            ask(run, requests, answers);
            run.check(() -> assertThat(answers)
                    .containsExactly(
                            "22 1 does not hold the lock",
                            "AcquireOk[]",
                            "22 the lock is taken",
                            "22 the lock is taken",
                            "22 2 does not hold the lock",
                            "ReleaseOk[]",
                            "AcquireOk[]"));
        });
    }

    private static void ask(SimulationRun<Msg> run, List<Msg> requests, List<String> answers) {
        if (!requests.isEmpty()) {
            run.client()
                    .call("n" + answers.size() % 3, requests.getFirst(), Duration.ofSeconds(1))
                    .whenDone(outcome -> {
                        answers.add(
                                switch (outcome) {
                                    case Outcome.Ok<Msg>(var reply) -> reply.toString();
                                    case Outcome.Failed<Msg>(RpcError error) ->
                                        error.code().value() + " " + error.text();
                                    case Outcome.Unknown<Msg>(RpcError error) -> "unknown: " + error.text();
                                });
                        ask(run, requests.subList(1, requests.size()), answers);
                    });
        }
    }

    @Test
    void lateReplyLeavesTheOutcomeOpen() {
        cluster()
                .faults(FaultPlan.NONE)
                .latency(Latency.constant(Duration.ofSeconds(1)))
                .run(1, run -> {
                    var acquire = run.client().call("n0", new Msg.Acquire(1), Duration.ofSeconds(5));
                    run.check(() -> assertThat(acquire.outcome())
                            .isInstanceOfSatisfying(
                                    Outcome.Unknown.class,
                                    unknown ->
                                            assertThat(unknown.error().code()).isEqualTo(ErrorCode.TIMEOUT)));
                });
    }
}
