package dev.gyre.raft.core;

import static dev.gyre.raft.core.Bench.append;
import static dev.gyre.raft.core.Bench.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the program that this one learns from did wrong, each with a test. */
class RegressionTest {
    @Test
    void commitIndexNeverFallsAndNothingIsGivenOutTwice() {
        var bench = Bench.bench();
        var first = bench.receive(append(1, Position.START, 2, entry(1, 1), entry(2, 1)));
        var late = bench.receive(append(1, Position.START, 1, entry(1, 1)));
        assertThat(first.committed()).hasSize(2);
        assertThat(late.committed()).isEmpty();
        assertThat(bench.commitIndex()).isEqualTo(2);
    }

    @Test
    void entryOfAnOlderTermIsNotCommittedByCount() {
        var bench = Bench.withLog(1, 2);
        bench.elect();
        bench.receive(new Message.AppendAck<>("n2", "n1", 3, 2));
        bench.receive(new Message.AppendAck<>("n3", "n1", 3, 2));
        assertThat(bench.commitIndex()).isZero();
        bench.receive(new Message.AppendAck<>("n2", "n1", 3, 3));
        assertThat(bench.commitIndex()).isEqualTo(3);
    }

    @Test
    void followerAcknowledgesWhatItSharesAndNotItsWholeLog() {
        var bench = Bench.withLog(1, 1, 1, 1);
        var output = bench.receive(append(2, new Position(1, 1), 0, entry(2, 1)));
        assertThat(output.sendWhenDurable()).containsExactly(new Message.AppendAck<>("n1", "n2", 2, 2));
    }

    @Test
    void refusedAppendDoesNotMoveTheMatchIndex() {
        var bench = Bench.leading();
        bench.propose("x");
        bench.persist();
        bench.receive(new Message.AppendReject<>("n3", "n1", 1, 1, new Position(1, 1)));
        assertThat(match(bench, "n3")).isZero();
        bench.receive(new Message.AppendReject<>("n2", "n1", 1, 1, Position.START));
        assertThat(match(bench, "n2")).isEqualTo(1);
        assertThat(bench.commitIndex()).isEqualTo(1);
    }

    private static long match(Bench bench, String member) {
        return bench.core().status().members().stream()
                .filter(found -> found.id().equals(member))
                .findFirst()
                .orElseThrow()
                .matchIndex();
    }

    @Test
    void electionTimeoutIsDrawnAnewEachTime() {
        var bench = Bench.bench();
        var drawn = new TreeSet<Long>();
        for (int i = 0; i < 10; i++) {
            bench.receive(new Message.Heartbeat<>("n2", "n1", 1, 0, 0));
            long timeout = bench.core().nextDeadlineNanos() - bench.now();
            assertThat(timeout).isBetween(150 * Bench.MILLI, 300 * Bench.MILLI);
            drawn.add(timeout);
        }
        assertThat(drawn).hasSizeGreaterThan(8);
    }

    @Test
    void proposalIsSentInTheSameStep() {
        var bench = Bench.leading();
        var output = bench.propose("x");
        assertThat(Bench.of(Message.AppendEntries.class, output.send())).hasSize(1);
        assertThat(output.answer()).contains(new Answer.Accepted(1, 2, 2));
    }

    @Test
    void proposalAtAFollowerIsAnsweredWithItsLeader() {
        var bench = Bench.bench();
        assertThat(bench.propose("x").answer()).contains(new Answer.NotLeader(Optional.empty()));
        bench.receive(new Message.Heartbeat<>("n2", "n1", 1, 0, 0));
        assertThat(bench.propose("x").answer()).contains(new Answer.NotLeader(Optional.of("n2")));
    }

    @Test
    void termVoteAndEntriesAreWrittenBeforeTheyAreSpokenOf() {
        var bench = Bench.bench();
        var vote = bench.receive(new Message.RequestVote<>("n2", "n1", 1, Position.START, false));
        assertThat(vote.send()).isEmpty();
        assertThat(vote.write().orElseThrow().hardState()).contains(new HardState(1, "n2"));
        assertThat(vote.sendWhenDurable()).containsExactly(new Message.VoteReply<>("n1", "n2", 1, true));
        var append = bench.receive(append(1, Position.START, 0, entry(1, 1)));
        assertThat(append.send()).isEmpty();
        assertThat(append.write().orElseThrow().entries()).containsExactly(entry(1, 1));
        assertThat(append.afterToken()).isEqualTo(append.write().orElseThrow().token());
    }

    @Test
    void nodeThatRestartsVotesOnceATerm() {
        var members = Membership.of(List.of("n1", "n2", "n3"));
        var state = new PersistedState<String>(new HardState(4, "n2"), Snapshot.initial(members), List.of());
        var bench = new Bench(Bench.settings(), state);
        var other = bench.receive(new Message.RequestVote<>("n3", "n1", 4, Position.START, false));
        var same = bench.receive(new Message.RequestVote<>("n2", "n1", 4, Position.START, false));
        assertThat(other.sendWhenDurable()).containsExactly(new Message.VoteReply<>("n1", "n3", 4, false));
        assertThat(same.sendWhenDurable()).containsExactly(new Message.VoteReply<>("n1", "n2", 4, true));
    }
}
