package dev.gyre.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.MemoryStorage;
import dev.gyre.core.Outcome;
import dev.gyre.raft.OpenProposals.Open;
import dev.gyre.raft.core.Answer;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.Message;
import dev.gyre.raft.core.Notice;
import dev.gyre.raft.core.ReadOutcome;
import dev.gyre.raft.core.RoleName;
import dev.gyre.raft.storage.EntryCodec;
import dev.gyre.raft.wire.Proposal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts of the service, each alone. */
class ServicePartsTest {
    private static final Membership AB = Membership.of(List.of("a", "b"));

    private static Proposal<String> proposal(String origin, long ticket) {
        return new Proposal<>(origin, ticket, "v", new byte[] {1});
    }

    private static int value(@Nullable Open<Integer> open) {
        return open == null ? -1 : open.value;
    }

    // ---- open proposals

    @Test
    void openProposalsKeepTheirTicketsWhenTheRingGrows() {
        var open = new OpenProposals<Integer>(1_000_000_000_007L);
        for (int i = 0; i < 1_000; i++) {
            assertThat(open.add(i, i)).isEqualTo(1_000_000_000_007L + i);
        }
        assertThat(open.count()).isEqualTo(1_000);
        for (int i = 999; i >= 1; i--) {
            assertThat(value(open.close(1_000_000_000_007L + i))).isEqualTo(i);
        }
        assertThat(value(open.oldest())).isZero();
        assertThat(open.close(1_000_000_000_008L)).as("closed twice").isNull();
        open.close(open.oldestTicket());
        assertThat(open.oldest()).isNull();
        assertThat(open.count()).isZero();
        assertThat(open.add(7, 7)).isEqualTo(1_000_000_001_007L);
    }

    @Test
    void openProposalsThatPassAreClosedOldestFirst() {
        var open = new OpenProposals<Integer>(0);
        for (int i = 0; i < 100; i++) {
            open.add(i, i);
        }
        List<Integer> closed = new ArrayList<>();
        open.closeIf(one -> one.value % 3 != 0, (Open<Integer> one) -> closed.add(one.value));
        assertThat(closed).hasSize(66).isSorted();
        assertThat(open.count()).isEqualTo(34);
        assertThat(open.find(98)).isNull();
        assertThat(open.find(99)).isNotNull();
    }

    // ---- what comes twice

    @Test
    void replayWindowTakesEachNumberOnceInAnyOrder() {
        var window = new ReplayWindow();
        assertThat(window.isNew(5)).isTrue();
        assertThat(window.isNew(3)).isTrue();
        assertThat(window.isNew(5)).isFalse();
        assertThat(window.isNew(3)).isFalse();
        assertThat(window.isNew(0)).isTrue();
    }

    @Test
    void replayWindowRefusesWhatItHasForgotten() {
        var window = new ReplayWindow();
        assertThat(window.isNew(10)).isTrue();
        assertThat(window.isNew(10 + ReplayWindow.SIZE)).isTrue();
        assertThat(window.isNew(10)).as("older than the window").isFalse();
        assertThat(window.isNew(11)).as("the oldest in the window").isTrue();
        assertThat(window.isNew(11)).isFalse();
        long far = 1L << 50;
        assertThat(window.isNew(far)).isTrue();
        assertThat(window.isNew(far - ReplayWindow.SIZE + 1)).isTrue();
        assertThat(window.isNew(far - ReplayWindow.SIZE)).isFalse();
        assertThat(window.isNew(far)).isFalse();
    }

    @Test
    void forwardedProposalsAreTakenOnceALifeOfTheirSender() {
        var here = new ForwardedHere<String>(0);
        here.lead(1);
        var twice = List.of(proposal("b", 1), proposal("b", 2));
        assertThat(here.fresh("b", 77, twice)).hasSize(2);
        assertThat(here.fresh("b", 77, twice)).isEmpty();
        assertThat(here.fresh("b", 78, twice)).as("numbers of another life").hasSize(2);
        assertThat(here.fresh("c", 77, twice)).as("numbers of another node").hasSize(2);
    }

    @Test
    void onlyWhoNeverLedATermSaysThatNothingWasTakenInIt() {
        var here = new ForwardedHere<String>(5);
        assertThat(here.neverLed(5, 9))
                .as("it may have led it in an earlier life")
                .isFalse();
        assertThat(here.neverLed(6, 9)).isTrue();
        assertThat(here.neverLed(9, 9)).as("it may lead it yet").isFalse();
        here.lead(7);
        assertThat(here.neverLed(7, 9)).isFalse();
        assertThat(here.neverLed(8, 9)).isTrue();
    }

    @Test
    void lostOnesAreToldToWhoHandedThemOnUnlessTheyWereCommitted() {
        var here = new ForwardedHere<String>(0);
        here.lead(3);
        here.appended(10, proposal("b", 1));
        here.appended(11, proposal("c", 5));
        here.appended(12, proposal("b", 2));
        here.committedUpTo(10);
        List<String> told = new ArrayList<>();
        here.lost(2, 1, 100, (origin, tickets) -> told.add("another term"));
        here.lost(3, 1, 100, (origin, tickets) -> told.add(origin + tickets));
        here.lost(3, 1, 100, (origin, tickets) -> told.add("again"));
        assertThat(told).containsExactly("b[2]", "c[5]");
    }

    // ---- what waits for the disk

    @Test
    void heldMessagesLeaveWhenTheirWriteIsDurableAndOfAcknowledgementsTheLast() {
        List<Message<String>> sent = new ArrayList<>();
        var held = new Held<String>(sent::add);
        var first = new Message.AppendAck<String>("b", "a", 1, 4);
        var second = new Message.AppendAck<String>("b", "a", 1, 6);
        var vote = new Message.VoteReply<String>("b", "c", 2, true);
        held.add(0, List.of(vote));
        assertThat(sent).containsExactly(vote);
        held.add(1, List.of(first));
        held.add(2, List.of(second, vote));
        held.add(3, List.of(first));
        held.release(0);
        assertThat(sent).hasSize(1);
        held.release(2);
        assertThat(sent).containsExactly(vote, second, vote);
        held.release(3);
        assertThat(sent).containsExactly(vote, second, vote, first);
        held.add(3, List.of(second));
        assertThat(sent).hasSize(5);
    }

    // ---- reads

    @Test
    void readsOfATurnShareATicketAndThoseThatFailAreAskedAgain() {
        var reads = new Reads(3);
        var one = reads.add(100);
        var two = reads.add(200);
        List<Long> tickets = new ArrayList<>();
        reads.flush(tickets::add);
        var three = reads.add(300);
        assertThat(reads.add(300).outcome()).as("too many").isInstanceOf(Outcome.Failed.class);
        assertThat(tickets).hasSize(1);
        assertThat(reads.decided(new ReadOutcome.Failed(tickets.getFirst(), "no leader")))
                .isEmpty();
        reads.flush(tickets::add);
        assertThat(tickets).hasSize(2).doesNotHaveDuplicates();
        assertThat(reads.decided(new ReadOutcome.Ready(tickets.getFirst(), 4)))
                .as("an old ticket")
                .isEmpty();
        reads.expire(100);
        assertThat(one.outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(reads.decided(new ReadOutcome.Ready(tickets.getLast(), 4))).containsExactly(three, two);
        assertThat(reads.count()).isZero();
        assertThat(reads.isAnyWaiting()).isFalse();
    }

    // ---- operators

    @Test
    void changesEndAsTheLeaderSeesThem() {
        var changes = new Changes();
        var refused = changes.begin(AB, Optional.of(new Answer.NotLeader(Optional.of("b"))));
        assertThat(refused.outcome()).isInstanceOf(Outcome.Failed.class);
        var starting = changes.begin(AB, Optional.empty());
        assertThat(starting.outcome()).isInstanceOf(Outcome.Failed.class);
        var settled = changes.begin(AB, Optional.of(new Answer.Started()));
        changes.noticed(new Notice.MembershipSettled(3, Membership.of(List.of("a"))), "a");
        assertThat(settled.isDone()).as("the one before it, with learners").isFalse();
        changes.noticed(new Notice.MembershipSettled(4, AB), "a");
        assertThat(settled.outcome()).isEqualTo(new Outcome.Ok<>(AB));
        var unknown = changes.begin(AB, Optional.of(new Answer.Started()));
        changes.noticed(new Notice.LeadershipChanged(RoleName.FOLLOWER, 2, Optional.empty()), "a");
        assertThat(unknown.outcome()).isInstanceOf(Outcome.Unknown.class);
        var aborted = changes.begin(AB, Optional.of(new Answer.Started()));
        changes.noticed(new Notice.MembershipChangeAborted(AB, "too slow"), "a");
        assertThat(aborted.outcome()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void transfersEndWhenAnybodyLeads() {
        var changes = new Changes();
        var taken = changes.begin("b", Optional.of(new Answer.Started()));
        changes.noticed(new Notice.LeadershipChanged(RoleName.FOLLOWER, 2, Optional.empty()), "a");
        assertThat(taken.isDone()).isFalse();
        changes.noticed(new Notice.LeadershipChanged(RoleName.FOLLOWER, 2, Optional.of("b")), "a");
        assertThat(taken.outcome()).isEqualTo(new Outcome.Ok<>("b"));
        var other = changes.begin("b", Optional.of(new Answer.Started()));
        changes.noticed(new Notice.LeadershipChanged(RoleName.FOLLOWER, 3, Optional.of("c")), "a");
        assertThat(other.outcome()).isInstanceOf(Outcome.Failed.class);
        var again = changes.begin("b", Optional.of(new Answer.Started()));
        changes.noticed(new Notice.LeadershipChanged(RoleName.CANDIDATE, 4, Optional.empty()), "a");
        changes.noticed(new Notice.LeadershipChanged(RoleName.LEADER, 4, Optional.of("a")), "a");
        assertThat(again.outcome()).as("the old leader leads again").isInstanceOf(Outcome.Failed.class);
    }

    // ---- files

    @Test
    void groupsDoNotSeeEachOthersFiles() {
        var all = new MemoryStorage();
        var one = new PrefixedStorage(all, "a.");
        var other = new PrefixedStorage(all, "a-b.");
        one.open("log").append(ByteBuffer.wrap(new byte[3]));
        other.open("log").append(ByteBuffer.wrap(new byte[4]));
        other.rename("log", "snapshot");
        assertThat(one.list()).containsExactly("log");
        assertThat(other.list()).containsExactly("snapshot");
        assertThat(all.list()).containsExactly("a-b.snapshot", "a.log");
        assertThat(one.open("log").size()).isEqualTo(3);
        one.delete("log");
        assertThat(all.list()).containsExactly("a-b.snapshot");
    }

    // ---- options

    @Test
    void optionsThatCannotWorkAreRefused() {
        var options = RaftOptions.of(EntryCodec.bytes());
        for (var name : List.of("", "a b", "a.b", "a/b", "ä", "x".repeat(65))) {
            assertThatThrownBy(() -> options.named(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("\"" + name + "\"");
        }
        assertThat(options.named("x".repeat(64)).group()).hasSize(64);
        assertThatThrownBy(() -> new RaftOptions.Proposing(Duration.ZERO, 1, true))
                .hasMessageContaining("must be above 0");
        assertThatThrownBy(() -> new RaftOptions.Proposing(Duration.ofSeconds(-1), 1, true))
                .hasMessageContaining("must be above 0");
        assertThatThrownBy(() -> new RaftOptions.Proposing(Duration.ofSeconds(1), 0, true))
                .hasMessageContaining("must be above 0");
    }
}
