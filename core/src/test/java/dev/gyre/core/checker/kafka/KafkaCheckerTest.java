package dev.gyre.core.checker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.Outcome;
import dev.gyre.core.checker.Validity;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class KafkaCheckerTest {
    /** A history with what is bad in it, and what the sentence must say. */
    record Case(String name, String history, List<String> bad, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case valid(String name, String history) {
        return new Case(name, history, List.of(), "each was polled, in order and at one offset");
    }

    private static Case invalid(String name, String history, String bad, String reason) {
        return new Case(name, history, List.of(bad.split(", ", -1)), reason);
    }

    static Stream<Case> cases() {
        return Stream.of(
                valid("sent and polled", """
                        p0 0-1 ok send k 5 @0
                        p0 2-3 ok send k 6 @1
                        p1 4-5 ok poll k:0=5 k:1=6
                        """),
                valid("logs have gaps", """
                        p0 0-1 ok send k 5 @10
                        p0 2-3 ok send k 6 @1000000000000
                        p1 4-5 ok poll k:10=5 k:1000000000000=6
                        """),
                valid("polls go on where they stopped, key by key", """
                        p0 0-1 ok send k 5 @0
                        p0 2-3 ok send j 6 @0
                        p1 4-5 ok poll k:0=5
                        p0 6-7 ok send k 7 @1
                        p1 8-9 ok poll j:0=6 k:1=7
                        """),
                valid("an unknown send may be there or not", """
                        p0 0-1 unknown send k 5
                        p1 0-1 unknown send k 6
                        p2 4-5 ok poll k:0=5
                        """),
                valid("a key assigned anew may begin anywhere", """
                        p0 0-1 ok send k 5 @0
                        p0 2-3 ok send k 6 @1
                        p1 4-5 ok poll k:0=5 k:1=6
                        p1 6-7 ok assign j
                        p1 8-9 ok assign j k
                        p1 10-11 ok poll k:0=5
                        """),
                valid("a rewind may begin anywhere", """
                        p0 0-1 ok send k 5 @0
                        p1 4-5 ok poll k:0=5
                        p1 6-7 ok rewind k
                        p1 10-11 ok poll k:0=5
                        """),
                valid("with subscriptions polls may skip and go back", """
                        p0 0-1 ok send k 5 @0
                        p0 2-3 ok send k 6 @1
                        p1 4-5 ok subscribe k
                        p1 6-7 ok poll k:0=5 k:1=6
                        p1 8-9 ok poll k:0=5
                        """),
                valid("sends of transactions may mix", """
                        p0 0-9 ok send k 1 @0 | send k 2 @2
                        p1 0-9 ok send k 3 @1 | send k 4 @3
                        p2 10-11 ok poll k:0=1 k:1=3 k:2=2 k:3=4
                        """),
                valid("commits and lists are no one's fault", """
                        p0 0-1 ok send k 5 @0
                        p1 2-3 ok poll k:0=5
                        p1 4-5 ok commit k=0
                        p1 6-7 ok list k
                        """),
                invalid(
                        "lost write",
                        """
                        p0 0-1 ok send k 5 @0
                        p0 2-3 ok send k 6 @1
                        p1 4-5 ok poll k:1=6
                        """,
                        "lost-write, unseen",
                        "Message 5 of key k, acknowledged to operation 0 at offset 0, was never polled, though operation"
                                + " 2 polled up to offset 1 (lost-write)."),
                invalid(
                        "unseen",
                        """
                        p0 0-1 ok send k 5 @0
                        p1 4-5 ok poll
                        """,
                        "unseen",
                        "Key k has acknowledged messages that no poll ever showed: [5] (unseen)."),
                invalid(
                        "unseen at the end of a log is not lost",
                        """
                        p0 0-1 ok send k 5 @0
                        p0 2-3 ok send k 6 @1
                        p1 4-5 ok poll k:0=5
                        """,
                        "unseen",
                        "Key k has acknowledged messages that no poll ever showed: [6] (unseen)."),
                invalid("duplicate", """
                        p0 0-1 ok send k 5 @0
                        p1 4-5 ok poll k:0=5 k:1=5
                        """, "duplicate", "Message 5 of key k is at several offsets: [0, 1]"),
                invalid(
                        "two messages at one offset",
                        """
                        p0 0-1 ok send k 5 @0
                        p1 0-1 ok send k 6 @0
                        p2 4-5 ok poll k:0=5
                        p3 4-5 ok poll k:0=6
                        """,
                        "inconsistent-offsets",
                        "Offset 0 of key k has several messages: [5, 6]"),
                invalid(
                        "poll of a failed send",
                        """
                        p0 0-1 failed send k 5
                        p1 4-5 ok poll k:0=5
                        """,
                        "G1a",
                        "Operation 1 polled message 5 of key k, which operation 0 sent, but that failed"),
                invalid(
                        "poll of what nobody sent",
                        """
                        p1 4-5 ok poll k:0=5
                        """,
                        "unsent-message",
                        "Operation 0 polled message 5 of key k, which nobody sent"),
                invalid(
                        "a poll goes back",
                        """
                        p0 0-1 ok send k 5 @0
                        p1 2-3 ok poll k:0=5
                        p1 4-5 ok poll k:0=5
                        """,
                        "nonmonotonic-poll",
                        "Operation 2 polled key k after operation 1 of the same process had polled up to offset 0, and"
                                + " began at offset 0"),
                invalid("a poll skips", """
                        p0 0-1 ok send k 5 @0
                        p0 2-3 ok send k 6 @7
                        p0 4-5 ok send k 7 @9
                        p1 6-7 ok poll k:0=5
                        p1 8-9 ok poll k:9=7
                        p2 8-9 ok poll k:7=6
                        """, "poll-skip", "and went on at offset 9, leaving out message 6 at offset 7"),
                invalid(
                        "a poll skips from where it was asked to begin",
                        """
                        p0 0-1 ok send k 5 @0
                        p0 2-3 ok send k 6 @1
                        p1 6-7 ok from k=0 poll k:1=6
                        p2 6-7 ok from k=0 poll k:0=5
                        """,
                        "poll-skip",
                        "Operation 2 was asked to poll key k from offset 0 on, and went on at offset 1"),
                invalid(
                        "a poll begins before where it was asked to",
                        """
                        p0 0-1 ok send k 5 @0
                        p1 6-7 ok from k=1 poll k:0=5
                        """,
                        "nonmonotonic-poll",
                        "from offset 1 on, and began at offset 0"),
                invalid(
                        "one poll goes back",
                        """
                        p0 0-1 ok send k 5 @0
                        p0 2-3 ok send k 6 @1
                        p1 4-5 ok poll k:1=6 k:0=5
                        """,
                        "int-nonmonotonic-poll",
                        "Operation 2 polled offset 1 of key k and then offset 0"),
                invalid("one poll skips", """
                        p0 0-1 ok send k 5 @0
                        p0 2-3 ok send k 6 @1
                        p0 4-5 ok send k 7 @2
                        p1 6-7 ok poll k:0=5 k:2=7
                        p2 6-7 ok poll k:1=6
                        """, "int-poll-skip", "leaving out message 6 at offset 1"),
                invalid(
                        "sends of a process go back",
                        """
                        p0 0-1 ok send k 5 @3
                        p0 2-3 ok send k 6 @1
                        p1 4-5 ok poll k:1=6 k:3=5
                        """,
                        "nonmonotonic-send",
                        "sent message 6 to offset 1 of key k, after operation 0 of the same process had sent to offset"
                                + " 3"),
                invalid(
                        "sends of a transaction go back",
                        """
                        p0 0-1 ok send k 5 @3 | send k 6 @1
                        p1 4-5 ok poll k:1=6 k:3=5
                        """,
                        "int-nonmonotonic-send",
                        "after it had sent to offset 3 itself"),
                invalid(
                        "a transaction polls what it sends",
                        """
                        p0 0-1 ok send k 5 @0 | poll k:0=5
                        """,
                        "precommitted-read",
                        "Operation 0 polled message 5 of key k, which it sends itself"),
                invalid(
                        "transactions poll each other's sends",
                        """
                        p0 0-9 ok send k 5 @0 | poll j:0=6
                        p1 0-9 ok send j 6 @0 | poll k:0=5
                        """,
                        "G1c",
                        "Operation 0 sent message 5 of key k at offset 0, which operation 1 polled"),
                invalid(
                        "a poll of what is sent later",
                        """
                        p0 0-1 ok poll k:0=5
                        p1 2-3 ok send k 5 @0
                        """,
                        "G1c-realtime",
                        "operation 0 ended before operation 1 began"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void historyIsJudged(Case one) {
        var result = new KafkaChecker().check(KafkaScript.parse(one.history()));
        assertThat(result.details().get("bad-error-types"))
                .as(result.sentence())
                .isEqualTo(one.bad());
        assertThat(result.validity()).isEqualTo(one.bad().isEmpty() ? Validity.VALID : Validity.INVALID);
        assertThat(result.sentence()).contains(one.bad().isEmpty() ? "each was polled" : one.reason());
    }

    @Test
    void mixedSendsAreReportedThoughAllowed() {
        var history = KafkaScript.parse("p0 0-9 ok send k 1 @0 | send k 2 @2\np1 0-9 ok send k 3 @1 | send k 4 @3\n"
                + "p2 10-11 ok poll k:0=1 k:1=3 k:2=2 k:3=4");
        var result = new KafkaChecker().check(history);
        assertThat(result.details()).containsEntry("error-types", List.of("int-send-skip", "G0"));
        assertThat(new KafkaChecker(Set.of(), 100).check(history).validity()).isEqualTo(Validity.INVALID);
    }

    @Test
    void historyWithoutAnythingServedIsUnknown() {
        assertThat(new KafkaChecker().check(List.of()).validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(new KafkaChecker()
                        .check(KafkaScript.parse("p0 0-1 unknown send k 5"))
                        .validity())
                .isEqualTo(Validity.UNKNOWN);
    }

    @Test
    void messageSentTwiceLeavesTheVerdictUnknown() {
        var result = new KafkaChecker().check(KafkaScript.parse("p0 0-1 ok send k 5 @0\np0 2-3 ok send k 5 @1"));
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.sentence()).contains("message 5 is sent to key k more than once");
    }

    @Test
    void budgetThatRunsOutLeavesTheVerdictUnknown() {
        var history = KafkaScript.parse("p0 0-1 ok send k 5 @0\np0 2-3 ok send k 6 @1\np1 4-5 ok poll k:0=5 k:1=6");
        var result = new KafkaChecker(KafkaChecker.ALLOWED_DEFAULT, 1).check(history);
        assertThat(result.validity()).isEqualTo(Validity.UNKNOWN);
        assertThat(result.sentence()).startsWith("Gave up");
    }

    @Test
    void answerOfTheWrongKindIsInvalid() {
        var operation = new Operation<KafkaRequest, KafkaReply>(
                0, 0, new KafkaRequest.Poll(), 0, new Outcome.Ok<>(new KafkaReply.Sent(3)), 1);
        assertThat(new KafkaChecker().check(List.of(operation)).details())
                .containsEntry("bad-error-types", List.of("unexpected-reply"));
        var short1 = new Operation<KafkaRequest, KafkaReply>(
                0,
                0,
                new KafkaRequest.Transaction(List.of(new KafkaRequest.Poll())),
                0,
                new Outcome.Ok<>(new KafkaReply.TransactionDone(List.of())),
                1);
        assertThat(new KafkaChecker().check(List.of(short1)).details())
                .containsEntry("bad-error-types", List.of("unexpected-reply"));
    }

    /** Offsets are spread up to 10^12; the figure is printed, and no time is asserted. */
    @Test
    void hugeOffsetsCostNothing() {
        var random = new SplittableRandom(1);
        int processes = 20;
        var logs = new TreeMap<String, List<LogEntry>>();
        long[][] positions = new long[processes][4];
        var history = new ArrayList<Operation<KafkaRequest, KafkaReply>>();
        for (int i = 0; i < 100_000; i++) {
            int process = i % processes;
            int k = random.nextInt(4);
            String key = "k" + k;
            var log = logs.computeIfAbsent(key, name -> new ArrayList<>());
            KafkaRequest request = new KafkaRequest.Poll();
            KafkaReply reply;
            if (i < 90_000 && random.nextInt(3) > 0) {
                long last = log.isEmpty() ? 0 : log.getLast().offset();
                long offset = log.size() == 10_000 ? 1_000_000_000_000L : last + 1 + random.nextLong(20_000_000);
                log.add(new LogEntry(offset, i));
                request = new KafkaRequest.Send(key, i);
                reply = new KafkaReply.Sent(offset);
            } else {
                int from = (int) positions[process][k];
                int to = i < 90_000 ? Math.min(log.size(), from + 20) : log.size();
                positions[process][k] = to;
                var polled = new TreeMap<String, List<LogEntry>>();
                polled.put(key, log.subList(from, to));
                reply = new KafkaReply.Polled(polled);
            }
            history.add(new Operation<>(i, process, request, 10L * i, new Outcome.Ok<>(reply), 10L * i + 5));
        }
        long start = System.nanoTime();
        var result = new KafkaChecker().check(history);
        System.out.printf(
                "kafka, offsets up to 10^12: %d operations in %d ms: %s %s%n",
                history.size(), (System.nanoTime() - start) / 1_000_000, result.sentence(), result.details());
        assertThat(result.validity()).isEqualTo(Validity.VALID);
    }
}
