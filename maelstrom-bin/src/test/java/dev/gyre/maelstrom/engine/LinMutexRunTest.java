package dev.gyre.maelstrom.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.checker.Validity;
import dev.gyre.core.simulation.Letter;
import dev.gyre.maelstrom.engine.FakeCluster.Node;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs of lin-mutex: a right lock passes, and each wrong one is caught. */
class LinMutexRunTest {
    /** What is wrong with a lock. */
    enum Fault {
        NONE,
        GIVEN_TWICE,
        ANYBODY_RELEASES,
        FREED_BY_A_REFUSED_ACQUIRE,
        REPLIES_LOST,
        REQUESTS_LOST
    }

    /** All nodes are fronts of one lock. */
    private static final class Lock implements BiConsumer<Node, Letter> {
        private final Fault fault;
        private OptionalLong held = OptionalLong.empty();
        private int count;

        Lock(Fault fault) {
            this.fault = fault;
        }

        @Override
        public void accept(Node node, Letter message) {
            boolean faulty = ++count % 7 == 0;
            if (faulty && fault == Fault.REQUESTS_LOST) {
                return;
            }
            var wanted = OptionalLong.of(message.toBody().path("holder").longValue());
            boolean acquire = message.toBody().path("type").asText().equals("acquire");
            boolean done = acquire ? held.isEmpty() : held.equals(wanted);
            done |= faulty && fault == Fault.GIVEN_TWICE && acquire;
            done |= faulty && fault == Fault.ANYBODY_RELEASES && !acquire && held.isPresent();
            if (done) {
                held = acquire ? wanted : OptionalLong.empty();
            } else if (acquire && fault == Fault.FREED_BY_A_REFUSED_ACQUIRE) {
                held = OptionalLong.empty();
            }
            if (faulty && fault == Fault.REPLIES_LOST) {
                return;
            }
            if (done) {
                node.ok(message);
            } else {
                WorkloadRun.refuse(node, message, 22);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE", "REPLIES_LOST", "REQUESTS_LOST"})
    void rightLockHoldsAndIsNeverStuck(Fault fault) {
        var judged = new WorkloadRun("lin-mutex").load(5, 30, 120).run(new Lock(fault));

        assertThat(judged.results().sentences()).asString().contains("linearizable");
        assertThat(judged.results().validity()).isEqualTo(Validity.VALID);
        var given = judged.events("acquire", HistoryEvent.Type.OK);
        assertThat(given).hasSizeGreaterThan(50);
        // It goes from hand to hand to the end.
        assertThat(given.getLast().atNanos()).isGreaterThan(110 * RunSetup.SECOND);
        assertThat(judged.run().history().stream().filter(it -> it.isUnknown()).count())
                .matches(count -> (fault == Fault.NONE) == (count == 0));
    }

    @ParameterizedTest
    @CsvSource({
        "GIVEN_TWICE, acquire by",
        "ANYBODY_RELEASES, release by",
        "FREED_BY_A_REFUSED_ACQUIRE, acquire by",
    })
    void wrongLockIsCaughtAndTheOperationNamed(Fault fault, String operation) {
        var judged = new WorkloadRun("lin-mutex").load(5, 30, 30).run(new Lock(fault));

        assertThat(judged.results().validity()).isEqualTo(Validity.INVALID);
        assertThat(judged.sentence()).contains(operation);
    }

    @Test
    void theHolderIsTheWorkerWhateverItsProcess() {
        var judged = new WorkloadRun("lin-mutex").load(5, 30, 60).run(new Lock(Fault.REPLIES_LOST));

        assertThat(judged.run().events())
                .allMatch(it -> it.value().asInt() == Integer.parseInt(it.process()) % 5)
                .anyMatch(it -> Integer.parseInt(it.process()) > 50);
    }

    @Test
    void eachWorkerAcquiresAndReleasesInTurnAndRepeatsAReleaseThatIsUnknown() {
        var judged = new WorkloadRun("lin-mutex").load(1, 10, 60).run(new Lock(Fault.REPLIES_LOST));

        var history = judged.run().history();
        int repeated = 0;
        for (int i = 1; i < history.size(); i++) {
            boolean sameAgain = history.get(i).input().equals(history.get(i - 1).input());
            boolean unknownRelease = history.get(i - 1).isUnknown()
                    && history.get(i - 1).input().toString().startsWith("Release");
            assertThat(sameAgain).isEqualTo(unknownRelease);
            repeated += sameAgain ? 1 : 0;
        }
        assertThat(repeated).isPositive();
    }
}
