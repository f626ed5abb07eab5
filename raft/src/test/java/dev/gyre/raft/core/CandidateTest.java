package dev.gyre.raft.core;

import static dev.gyre.raft.core.Bench.append;
import static dev.gyre.raft.core.Bench.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateTest {
    @Test
    void questionComesBeforeTheTermRises() {
        var bench = Bench.bench();
        var output = bench.tick();
        assertThat(Bench.of(Message.RequestPreVote.class, output.send())).hasSize(2);
        assertThat(output.write()).isEmpty();
        assertThat(bench.term()).isZero();
        bench.tick();
        bench.tick();
        assertThat(bench.term())
                .as("a node that is cut off does not raise its term")
                .isZero();
    }

    @Test
    void votesAreAskedForOnceTheOwnIsDurable() {
        var bench = Bench.bench();
        bench.tick();
        var output = bench.receive(new Message.PreVoteReply<>("n2", "n1", 1, true));
        assertThat(output.send()).isEmpty();
        assertThat(output.write().orElseThrow().hardState()).contains(new HardState(1, "n1"));
        assertThat(Bench.of(Message.RequestVote.class, output.sendWhenDurable()))
                .hasSize(2);
    }

    @Test
    void ownVoteCountsOnceItIsDurable() {
        var bench = Bench.bench();
        bench.tick();
        bench.receive(new Message.PreVoteReply<>("n2", "n1", 1, true));
        bench.receive(new Message.VoteReply<>("n2", "n1", 1, true));
        assertThat(bench.leadership().role()).isEqualTo(RoleName.CANDIDATE);
        bench.persist();
        assertThat(bench.leadership().role()).isEqualTo(RoleName.LEADER);
    }

    @Test
    void votesOfAnEarlierTermDoNotCount() {
        var bench = Bench.bench();
        bench.tick();
        bench.receive(new Message.PreVoteReply<>("n2", "n1", 1, true));
        bench.persist();
        bench.tick();
        bench.receive(new Message.PreVoteReply<>("n2", "n1", 2, true));
        bench.persist();
        assertThat(bench.term()).isEqualTo(2);
        bench.receive(new Message.VoteReply<>("n2", "n1", 1, true));
        assertThat(bench.leadership().role()).isEqualTo(RoleName.CANDIDATE);
    }

    @Test
    void repeatedVotesCountOnce() {
        var members = Membership.of(List.of("n1", "n2", "n3", "n4", "n5"));
        var bench = new Bench(Bench.settings(), PersistedState.bootstrap(members));
        bench.tick();
        bench.receive(new Message.PreVoteReply<>("n2", "n1", 1, true));
        bench.receive(new Message.PreVoteReply<>("n2", "n1", 1, true));
        assertThat(bench.leadership().role()).isEqualTo(RoleName.PRE_CANDIDATE);
    }

    @Test
    void leaderOfTheSameTermIsFollowed() {
        var bench = Bench.bench();
        bench.tick();
        bench.receive(new Message.PreVoteReply<>("n2", "n1", 1, true));
        bench.receive(append(1, Position.START, 0, entry(1, 1)));
        assertThat(bench.leadership().leader()).contains("n2");
    }

    @Test
    void singleNodeLeadsAlone() {
        var bench = new Bench(Bench.settings(), PersistedState.bootstrap(Membership.of(List.of("n1"))));
        bench.tick();
        bench.persist();
        assertThat(bench.leadership().role()).isEqualTo(RoleName.LEADER);
        assertThat(bench.persist().committed()).containsExactly(new Entry.NoOp<>(1, 1));
        bench.propose("x");
        assertThat(bench.commitIndex()).as("the disk has not said so").isEqualTo(1);
        assertThat(bench.persist().committed()).hasSize(1);
        assertThat(bench.step(new Input.Read<>(1)).reads()).containsExactly(new ReadOutcome.Ready(1, 2));
    }

    @Test
    void nodeWhoseDiskHangsDoesNotCampaign() {
        var bench = Bench.bench();
        bench.receive(append(1, Position.START, 0, entry(1, 1)));
        bench.step(new Input.StorageStalled<>());
        bench.tick();
        assertThat(bench.leadership().role()).isEqualTo(RoleName.FOLLOWER);
        bench.persist();
        bench.tick();
        assertThat(bench.leadership().role()).isEqualTo(RoleName.PRE_CANDIDATE);
    }

    @Test
    void priorityWaitsLonger() {
        var timing = new Timing(150 * Bench.MILLI, 300 * Bench.MILLI, 40 * Bench.MILLI, 1, 2);
        var settings = new RaftSettings(
                timing, Bench.LIMITS, Bench.COMPACTION, Bench.settings().leaseDrift());
        var bench = new Bench(settings, PersistedState.bootstrap(Membership.of(List.of("n1", "n2"))));
        assertThat(bench.core().nextDeadlineNanos() - bench.now()).isBetween(450 * Bench.MILLI, 600 * Bench.MILLI);
    }
}
