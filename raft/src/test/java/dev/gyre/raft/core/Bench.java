package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** One core on the bench, node n1 unless said otherwise: inputs by hand, a disk that is done when told. */
final class Bench {
    static final long MILLI = 1_000_000L;
    static final Timing TIMING = Timing.defaults();
    static final Limits LIMITS = new Limits(100, 200, 2, 1_000, 400, 3);
    static final Compaction COMPACTION = new Compaction(10_000, 0, 4);

    private final RaftCore<String> core;
    private long now = 1_000 * MILLI;
    private long token;

    Bench(RaftSettings settings, PersistedState<String> state) {
        core = new RaftCore<>("n1", settings, String::length, new SplittableRandom(7), state, now);
    }

    static RaftSettings settings() {
        return new RaftSettings(TIMING, LIMITS, COMPACTION, OptionalDouble.empty());
    }

    /** Of voters n1, n2, n3, with a log of these terms. */
    static Bench withLog(long... terms) {
        List<Entry<String>> entries = new ArrayList<>();
        for (int i = 0; i < terms.length; i++) {
            entries.add(entry(i + 1, terms[i]));
        }
        var hardState = new HardState(terms.length == 0 ? 0 : terms[terms.length - 1], HardState.NO_VOTE);
        var members = Membership.of(List.of("n1", "n2", "n3"));
        return new Bench(settings(), new PersistedState<>(hardState, Snapshot.initial(members), entries));
    }

    static Bench bench() {
        return withLog();
    }

    /** Leads, its first entry committed and its disk idle. */
    static Bench leading() {
        var bench = bench();
        bench.elect();
        bench.receive(new Message.AppendAck<>("n2", "n1", 1, 1));
        return bench;
    }

    static Entry<String> entry(long index, long term) {
        return new Entry.Data<>(index, term, "v" + index, 2);
    }

    RaftCore<String> core() {
        return core;
    }

    Notice.LeadershipChanged leadership() {
        return core.status().leadership();
    }

    long commitIndex() {
        return core.status().commitIndex();
    }

    long term() {
        return leadership().term();
    }

    void pass(long millis) {
        now += millis * MILLI;
    }

    long now() {
        return now;
    }

    Output<String> step(Input<String> input) {
        var output = core.step(input, now);
        token = Math.max(token, output.afterToken());
        return output;
    }

    Output<String> receive(Message<String> message) {
        return step(new Input.Received<>(message));
    }

    Output<String> propose(String... values) {
        return step(new Input.Propose<>(List.of(values)));
    }

    Output<String> persist() {
        return step(new Input.Persisted<>(token));
    }

    /** Time goes to the next deadline. */
    Output<String> tick() {
        now = core.nextDeadlineNanos();
        return step(new Input.Tick<>());
    }

    /** Wins an election with the vote of n2. */
    Output<String> elect() {
        tick();
        receive(new Message.PreVoteReply<>("n2", "n1", term() + 1, true));
        persist();
        receive(new Message.VoteReply<>("n2", "n1", term(), true));
        return persist();
    }

    static <M> List<M> of(Class<M> type, List<?> all) {
        return all.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @SafeVarargs
    static Message.AppendEntries<String> append(long term, Position previous, long commit, Entry<String>... entries) {
        List<Entry<String>> list = new ArrayList<>();
        for (var entry : entries) {
            list.add(entry);
        }
        return new Message.AppendEntries<>("n2", "n1", term, previous, commit, list);
    }
}
