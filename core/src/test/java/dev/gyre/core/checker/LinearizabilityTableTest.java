package dev.gyre.core.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.checker.DrawnHistory.Meaning;
import dev.gyre.core.checker.SetOutput.Elements;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories drawn by hand, with their verdicts; for an invalid one, with what the sentence must say. */
final class LinearizabilityTableTest {
    private static final String VALID = "";

    /** A history of {@code model}, what the drawing means, and a part of the sentence that blames it, if it is bad. */
    record Case(String title, String drawing, String blame) {
        @Override
        public String toString() {
            return title;
        }
    }

    /** w1 writes 1, r1 reads 1, r_ reads that it is absent, c12 replaces 1 by 2. */
    static Stream<Case> registers() {
        return Stream.of(
                new Case("a read shows the write before it", "|w1| |r1|", VALID),
                new Case("a new register is absent", "|r_| |w1|", VALID),
                new Case(
                        "a written register is not absent",
                        "|w1| |r_|",
                        "read answered absent (process 0, operation 1"),
                new Case("a value comes from nowhere", "|w1| |r2|", "read answered 2"),
                new Case(
                        "a read is stale",
                        """
                        |w1| |w2|
                                  |r1|""",
                        "read answered 1 (process 1, operation 2, 0.01 s to 0.013 s) fits no order; with"
                                + " everything placed that completed before it did, the state is 2; nothing ran at the same"
                                + " time."),
                new Case("a read may miss a write that still runs", """
                        |w1| |w2------|
                                |r1|""", VALID),
                new Case("a read may show a write that still runs", """
                        |w1| |w2------|
                                |r2|""", VALID),
                new Case("a write is seen, then unseen", """
                        |w1| |w2------------|
                                |r2| |r1|""", "read answered 1 (process 1, operation 3"),
                new Case("two reads that overlap may differ in either order", """
                        |w1| |w2------------|
                                |r2----|
                                  |r1----|""", VALID),
                new Case("what touches is concurrent", """
                        |w1|
                           |r_|""", VALID),
                new Case("what does not quite touch is not", """
                        |w1|
                            |r_|""", "read answered absent"),
                new Case("writes must be undone to find the order", """
                        |w1-----------|
                        |w2-----------|
                        |w3-----------|
                                |r2|     |r1|
                                    |r3|""", VALID),
                new Case("no order of the writes will do", """
                        |w1-----------|
                        |w2-----------|
                                |r2|     |r2|
                                    |r1|     |r1|""", "read answered 2 (process 2, operation 4"));
    }

    /** The same, where some outcomes are unknown or failures. */
    static Stream<Case> registersWithoutAnswers() {
        return Stream.of(
                new Case("a write without an answer shows up late", """
                        |w1|   |w2--?
                                       |r1| |r2|""", VALID),
                new Case("a write without an answer never shows up", """
                        |w1|   |w2--?
                                       |r1| |r1|""", VALID),
                new Case("a write without an answer comes and goes", """
                        |w1|   |w2--?
                                       |r2| |r1|""", "read answered 1 (process 1, operation 3"),
                new Case("a write without an answer shows up before it began", """
                               |w2--?
                        |r2|""", "read answered 2"),
                new Case("a write without an answer happens twice", """
                        |w1?
                              |r1| |w2| |r1|""", "read answered 1 (process 1, operation 3"),
                new Case("two such writes happen once each", """
                        |w1?
                        |w1?
                              |r1| |w2| |r1|""", VALID),
                new Case(
                        "the second of two such writes comes too late", """
                        |w1?
                                             |w1?
                              |r1| |w2| |r1|""", "read answered 1 (process 2, operation 3"),
                new Case("a failed write shows up", "|w1| |w2x |r2|", "read answered 2"),
                new Case("a read without an answer says nothing", "|w1| |r9?", VALID));
    }

    /** The same, with compare-and-set. */
    static Stream<Case> casRegisters() {
        return Stream.of(
                new Case("cas by cas", "|w1| |c12| |c23| |r3|", VALID),
                new Case("cas from a value that is not there", "|w1| |c23|", "cas 2 to 3 (process 0, operation 1"),
                new Case("two cas from one value", """
                        |w1| |c12-|
                              |c13-|""", "cas 1 to 3 (process 1, operation 2"),
                new Case("two cas from one value that comes back", """
                        |w1| |c12-|
                              |c13--|
                              |c21--|""", VALID),
                new Case("a cas waits for a write that still runs", """
                        |w1-----|
                          |c12|""", VALID),
                new Case("a cas without an answer makes a later one possible", """
                        |w1| |c12?
                                   |c23| |r3|""", VALID),
                new Case(
                        "a cas without an answer could not happen",
                        """
                        |w3| |c12?
                                   |r2|""",
                        "the state is 3; at the same time ran cas 1 to 2 (process 0, operation 1,"
                                + " invoked at 0.005 s, outcome unknown)."));
    }

    /** +1 adds 1, {12} reads 1 and 2, {} reads that it is empty. */
    static Stream<Case> sets() {
        return Stream.of(
                new Case("reads show what was added", "|{}| |+1| |{1}| |+2| |{21}|", VALID),
                new Case("a read misses an element", "|+1| |{}|", "read answered Elements[] (process 0, operation 1"),
                new Case("two readers disagree on the order of two adds", """
                        |+1----------|
                        |+2----------|
                          |{1}|
                          |{2}|""", "read answered Elements[2] (process 3"),
                new Case("an add without an answer shows up late", "|+1? |{}| |{1}|", VALID),
                new Case("an element added twice is there once", "|+1| |+1| |{1}|", VALID),
                new Case("a read holds an element twice", "|+1| |{11}|", "read answered Elements[1, 1]"),
                new Case("an element vanishes", "|+1| |{1}| |{}|", "the state is [1]"));
    }

    /** e1 enqueues 1, d1 dequeues it, d_ finds the queue empty. */
    static Stream<Case> queues() {
        return Stream.of(
                new Case("first in, first out", "|e1| |e2| |d1| |d2| |d_|", VALID),
                new Case("last in, first out", "|e1| |e2| |d2|", "dequeue answered 2 (process 0, operation 2"),
                new Case("enqueues that overlap come out in any order", """
                        |e1--|     |d2| |d1|
                        |e2--|""", VALID),
                new Case("a value comes out twice", """
                        |e1| |d1--|
                             |d1--|""", "dequeue answered 1 (process 1, operation 2"),
                new Case("a queue that holds a value is not empty", "|e1| |d_|", "the state is [1]"),
                new Case("a queue may be empty until an enqueue returns", """
                        |e1------|  |d1|
                          |d_|""", VALID),
                new Case("a dequeue without an answer takes a value", "|e1| |d1? |d_|", VALID),
                new Case(
                        "a dequeue without an answer takes only one",
                        "|e1| |e2| |d1? |d_|",
                        "dequeue answered that the"),
                new Case("an enqueue without an answer is overtaken", "|e1? |e2| |d2| |d1|", VALID));
    }

    /** a1@0 appends 1 and gets offset 0, g0=1 finds 1 at offset 0, g0=_ finds that the log ends before. */
    static Stream<Case> logs() {
        return Stream.of(
                new Case("offsets count up", "|g0=_| |a7@0| |a8@1| |g0=7| |g1=8| |g2=_|", VALID),
                new Case("two appends get one offset", """
                        |a7@0--|
                        |a8@0--|""", "append 8 answered offset 0 (process 1, operation 1"),
                new Case("an offset is left out", "|a7@0| |a8@2|", "append 8 answered offset 2"),
                new Case("an entry is read before its append returns", """
                        |a7@0-------|
                           |g0=7|""", VALID),
                new Case("an entry changes", "|a7@0| |g0=8|", "read at 0 answered 8"),
                new Case("the log ends where an entry is", "|a7@0| |g0=_|", "the state is a log of 1 that ends in 7"),
                new Case("an append without an answer takes an offset", "|a7@0| |a8@9? |a9@2| |g1=8|", VALID),
                new Case("which of two appends without answers took the offset", """
                        |a7@9?
                        |a8@9?
                               |a9@1| |g0=8|""", VALID),
                new Case("offsets against the order of time", "|a7@1| |a8@0|", "append 7 answered offset 1"));
    }

    /** Process n is holder n: + acquires, - would read as a line, so r releases. */
    static Stream<Case> locks() {
        return Stream.of(
                new Case("the lock goes round", """
                        |+0| |r0|           |+0|
                                  |+1| |r1|""", VALID),
                new Case(
                        "two holders",
                        """
                        |+0|
                              |+1|""",
                        "acquire by 1 (process 1, operation 1, 0.006 s to 0.009 s) fits no order; with"
                                + " everything placed that completed before it did, the state is held by 0"),
                new Case("an acquire waits for the release", """
                        |+0| |r0-----|
                               |+1|""", VALID),
                new Case("a release without an answer frees the lock", """
                        |+0| |r0?
                                   |+1|""", VALID),
                new Case("an acquire without an answer need not have happened", """
                        |+0?
                              |+1|""", VALID),
                new Case("who does not hold the lock releases it", "|r0|", "the state is free"),
                new Case("another holder's lock is released", """
                        |+0|
                              |r1|""", "release by 1"));
    }

    @ParameterizedTest
    @MethodSource({"registers", "registersWithoutAnswers", "casRegisters"})
    void registerIsJudged(Case drawn) {
        judge(new RegisterModel<>(), drawn, LinearizabilityTableTest::register);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void setIsJudged(Case drawn) {
        judge(new SetModel(), drawn, LinearizabilityTableTest::set);
    }

    @ParameterizedTest
    @MethodSource("queues")
    void queueIsJudged(Case drawn) {
        judge(new QueueModel<>(), drawn, LinearizabilityTableTest::queue);
    }

    @ParameterizedTest
    @MethodSource("logs")
    void logIsJudged(Case drawn) {
        judge(new LogModel<>(), drawn, LinearizabilityTableTest::log);
    }

    @ParameterizedTest
    @MethodSource("locks")
    void lockIsJudged(Case drawn) {
        judge(new MutexModel(), drawn, LinearizabilityTableTest::lock);
    }

    private static <S, I, O> void judge(Model<S, I, O> model, Case drawn, Function<String, Meaning<I, O>> meanings) {
        var history = DrawnHistory.read(drawn.drawing(), meanings).operations();
        var result = Linearizability.check(model, history);
        var expected = drawn.blame().equals(VALID) ? Validity.VALID : Validity.INVALID;
        assertThat(result.validity()).as(result.sentence()).isEqualTo(expected);
        assertThat(result.sentence()).contains(drawn.blame());
    }

    private static Meaning<RegisterModel.Input<Long>, RegisterModel.Output<Long>> register(String text) {
        var done = new RegisterModel.Done<Long>();
        return switch (text.charAt(0)) {
            case 'w' -> new Meaning<>(new RegisterModel.Write<>(digit(text, 1)), done);
            case 'c' -> new Meaning<>(new RegisterModel.Cas<>(digit(text, 1), digit(text, 2)), done);
            default ->
                new Meaning<>(
                        new RegisterModel.Read<>(),
                        text.equals("r_") ? new RegisterModel.Absent<>() : new RegisterModel.Value<>(digit(text, 1)));
        };
    }

    private static Meaning<SetInput, SetOutput> set(String text) {
        if (text.charAt(0) == '+') {
            return new Meaning<>(new SetInput.Add(digit(text, 1)), new SetOutput.Added());
        }
        long[] elements = text.chars()
                .filter(Character::isDigit)
                .mapToLong(digit -> digit - '0')
                .toArray();
        return new Meaning<>(new SetInput.Read(), Elements.of(elements));
    }

    private static Meaning<QueueModel.Input<Long>, QueueModel.Output<Long>> queue(String text) {
        if (text.charAt(0) == 'e') {
            return new Meaning<>(new QueueModel.Enqueue<>(digit(text, 1)), new QueueModel.Enqueued<>());
        }
        return new Meaning<>(
                new QueueModel.Dequeue<>(),
                text.equals("d_") ? new QueueModel.Empty<>() : new QueueModel.Dequeued<>(digit(text, 1)));
    }

    private static Meaning<LogModel.Input<Long>, LogModel.Output<Long>> log(String text) {
        if (text.charAt(0) == 'a') {
            return new Meaning<>(new LogModel.Append<>(digit(text, 1)), new LogModel.Appended<>(digit(text, 3)));
        }
        return new Meaning<>(
                new LogModel.Read<>(digit(text, 1)),
                text.endsWith("_") ? new LogModel.End<>() : new LogModel.Entry<>(digit(text, 3)));
    }

    private static Meaning<MutexModel.Input, MutexModel.Done> lock(String text) {
        long holder = digit(text, 1);
        return new Meaning<>(
                text.charAt(0) == '+' ? new MutexModel.Acquire(holder) : new MutexModel.Release(holder),
                new MutexModel.Done());
    }

    private static Long digit(String text, int place) {
        return (long) Character.digit(text.charAt(place), 10);
    }
}
