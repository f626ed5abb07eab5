package dev.gyre.core.checker.elle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.checker.Validity;
import dev.gyre.core.checker.elle.graph.CycleKind.Order;
import dev.gyre.core.history.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The checkers against judges that try everything, on 20 000 tiny histories of each kind. */
final class BruteForceTest {
    private static final int HISTORIES = 20_000;

    /** How often a judge and a checker found a model to hold or not. */
    private static final class Tally {
        private final String name;
        private final boolean exact;
        private int holds;
        private int broken;
        private int missed;

        private Tally(String name, boolean exact) {
            this.name = name;
            this.exact = exact;
        }

        static Tally exact(String name) {
            return new Tally(name, true);
        }

        static Tally sound(String name) {
            return new Tally(name, false);
        }

        /** What the judge finds to hold must be valid; and if verdicts are exact, what it does not must not. */
        void judge(boolean judged, Validity found, Object history) {
            if (judged) {
                holds++;
                assertThat(found).as("%s: %s", name, history).isNotEqualTo(Validity.INVALID);
            } else {
                broken++;
                missed += found == Validity.INVALID ? 0 : 1;
                if (exact) {
                    assertThat(found).as("%s: %s", name, history).isEqualTo(Validity.INVALID);
                }
            }
        }

        void report() {
            System.out.printf("%s: %d hold, %d do not, %d of those missed%n", name, holds, broken, missed);
            assertThat(holds).as(name).isGreaterThan(HISTORIES / 20);
            assertThat(broken).as(name).isGreaterThan(HISTORIES / 20);
        }
    }

    private static Validity lists(ConsistencyModel model, List<Operation<List<ListOp>, List<ListOp>>> history) {
        return new ListAppendChecker(Set.of(model)).check(history).validity();
    }

    private static Validity registers(
            ConsistencyModel model, List<Operation<List<RegisterOp>, List<RegisterOp>>> history) {
        return new RwRegisterChecker(Set.of(model)).check(history).validity();
    }

    @Test
    void listVerdictsAreThoseOfTryingEverything() {
        var source = TinyHistories.lists(new SplittableRandom(1));
        var serializable = Tally.exact("list-append, serializable");
        var session = Tally.exact("list-append, strong-session-serializable");
        var strict = Tally.exact("list-append, strict-serializable");
        var snapshot = Tally.exact("list-append, snapshot-isolation, every append read");
        var hidden = Tally.sound("list-append, snapshot-isolation, some append unread");
        var repeatable = Tally.exact("list-append, repeatable-read");
        var committed = Tally.exact("list-append, read-committed");
        for (int i = 0; i < HISTORIES; i++) {
            var history = source.next();
            serializable.judge(
                    new SerialJudge<>(Tiny.LISTS, history, Order.DATA).holds(),
                    lists(ConsistencyModel.SERIALIZABLE, history),
                    history);
            session.judge(
                    new SerialJudge<>(Tiny.LISTS, history, Order.PROCESS).holds(),
                    lists(ConsistencyModel.STRONG_SESSION_SERIALIZABLE, history),
                    history);
            strict.judge(
                    new SerialJudge<>(Tiny.LISTS, history, Order.REALTIME).holds(),
                    lists(ConsistencyModel.STRICT_SERIALIZABLE, history),
                    history);
            (everyAppendWasRead(history) ? snapshot : hidden)
                    .judge(
                            new SnapshotJudge<>(Tiny.LISTS, history).holds(),
                            lists(ConsistencyModel.SNAPSHOT_ISOLATION, history),
                            history);
            repeatable.judge(
                    AdyaJudge.ofLists(history).holds(true), lists(ConsistencyModel.REPEATABLE_READ, history), history);
            committed.judge(
                    AdyaJudge.ofLists(history).holds(false), lists(ConsistencyModel.READ_COMMITTED, history), history);
        }
        List.of(serializable, session, strict, snapshot, hidden, repeatable, committed)
                .forEach(Tally::report);
    }

    /** Of appends that no read shows the order stays open, which for snapshots can matter. */
    private static boolean everyAppendWasRead(List<Operation<List<ListOp>, List<ListOp>>> history) {
        var read = new HashSet<Long>();
        for (var operation : history) {
            for (var op : Tiny.answer(operation)) {
                if (op instanceof ListOp.Read(var key, var elements)) {
                    read.addAll(elements);
                }
            }
        }
        return history.stream()
                .filter(Operation::isOk)
                .flatMap(operation -> operation.input().stream())
                .allMatch(op -> !(op instanceof ListOp.Append(var key, var value)) || read.contains(value));
    }

    @Test
    void registerVerdictsAreSound() {
        var source = TinyHistories.registers(new SplittableRandom(2));
        var serializable = Tally.sound("rw-register, serializable");
        var session = Tally.sound("rw-register, strong-session-serializable");
        var strict = Tally.sound("rw-register, strict-serializable");
        var snapshot = Tally.sound("rw-register, snapshot-isolation");
        var repeatable = Tally.sound("rw-register, repeatable-read");
        var committed = Tally.sound("rw-register, read-committed");
        for (int i = 0; i < HISTORIES; i++) {
            var history = source.next();
            serializable.judge(
                    new SerialJudge<>(Tiny.REGISTERS, history, Order.DATA).holds(),
                    registers(ConsistencyModel.SERIALIZABLE, history),
                    history);
            session.judge(
                    new SerialJudge<>(Tiny.REGISTERS, history, Order.PROCESS).holds(),
                    registers(ConsistencyModel.STRONG_SESSION_SERIALIZABLE, history),
                    history);
            boolean isStrict = new SerialJudge<>(Tiny.REGISTERS, history, Order.REALTIME).holds();
            strict.judge(isStrict, registers(ConsistencyModel.STRICT_SERIALIZABLE, history), history);
            snapshot.judge(
                    new SnapshotJudge<>(Tiny.REGISTERS, history).holds(),
                    registers(ConsistencyModel.SNAPSHOT_ISOLATION, history),
                    history);
            repeatable.judge(
                    AdyaJudge.ofRegisters(history).holds(true),
                    registers(ConsistencyModel.REPEATABLE_READ, history),
                    history);
            committed.judge(
                    AdyaJudge.ofRegisters(history).holds(false),
                    registers(ConsistencyModel.READ_COMMITTED, history),
                    history);
        }
        List.of(serializable, session, strict, snapshot, repeatable, committed).forEach(Tally::report);
    }

    @Test
    void assumptionsOnKeysFindMoreAndStaySoundForStrictSerializability() {
        var source = TinyHistories.registers(new SplittableRandom(3));
        var assumed = Set.of(KeyAssumption.SEQUENTIAL, KeyAssumption.LINEARIZABLE);
        var without = Tally.sound("rw-register, strict-serializable, nothing assumed");
        var with = Tally.sound("rw-register, strict-serializable, keys assumed linearizable");
        var models = Set.of(ConsistencyModel.STRICT_SERIALIZABLE);
        for (int i = 0; i < HISTORIES; i++) {
            var history = source.next();
            boolean holds = new SerialJudge<>(Tiny.REGISTERS, history, Order.REALTIME).holds();
            without.judge(holds, new RwRegisterChecker(models).check(history).validity(), history);
            var checker = new RwRegisterChecker(models, assumed, ListAppendChecker.DEPENDENCIES_MAX_DEFAULT);
            with.judge(holds, checker.check(history).validity(), history);
        }
        without.report();
        with.report();
        assertThat(with.missed).isLessThan(without.missed);
    }
}
