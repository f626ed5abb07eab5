package dev.gyre.stream.worker;

import dev.gyre.core.Event;
import dev.gyre.core.Message;
import dev.gyre.core.Network;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Outcome;
import dev.gyre.core.Promise;
import dev.gyre.core.Service;
import dev.gyre.core.Timer;
import dev.gyre.raft.RaftEvent;
import dev.gyre.raft.RaftGroups;
import dev.gyre.raft.RaftOptions;
import dev.gyre.raft.RaftService;
import dev.gyre.raft.core.Membership;
import dev.gyre.raft.core.RaftSettings;
import dev.gyre.raft.core.RoleName;
import dev.gyre.raft.storage.EntryCodec;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.control.ControlEntry;
import dev.gyre.stream.control.ControlInput;
import dev.gyre.stream.control.ControlInput.ProposalOutcome;
import dev.gyre.stream.control.ControlOutput;
import dev.gyre.stream.control.ControlState;
import dev.gyre.stream.control.Coordinator;
import dev.gyre.stream.control.Report;
import dev.gyre.stream.control.Request;
import dev.gyre.stream.snapshot.SnapshotStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of a job: a member of its Raft group, which decides, and a worker, which does. Decisions reach every node as entries of one log; the worker
 * acts on them when they are applied here, and reports to whoever leads.
 */
public final class JobNode implements Service<JobMessage, JobNode.Signal> {
    private static final Logger log = LoggerFactory.getLogger(JobNode.class);

    /** How often the coordinator looks at the clock, as a part of the time after which a silent worker is lost. */
    private static final int TICKS_A_HEARTBEAT = 16;

    /** The name of the group that decides. */
    private static final String GROUP = "job";

    /** How long a request that was handed on may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final NodeContext<JobMessage, Signal> node;
    private final JobSettings settings;
    private final RaftService<ControlEntry> raft;
    private final ControlState state;
    private final Coordinator coordinator;
    private final Seat seat;
    private final TreeMap<String, List<Promise<Answer>>> asked = new TreeMap<>();
    private Optional<String> leader = Optional.empty();
    private boolean isBeginning;
    private long dueNanos = Long.MAX_VALUE;
    private @Nullable Timer due;

    /** What a node of a job tells itself. */
    public sealed interface Signal {
        /** Its worker is to go on. */
        record Turn() implements Signal {}

        /** Time has gone on. */
        record Tick() implements Signal {}

        /** It is the time at which whoever leads wanted to look again. */
        record Due() implements Signal {}

        /** What carries its frames has something to do. */
        record Carry() implements Signal {}

        /** Its worker is to tell again what still holds. */
        record Repeat() implements Signal {}

        /** The Raft group has something to tell. */
        record Decided(RaftEvent<ControlEntry> event) implements Signal {}
    }

    /** A node in the making. */
    public JobNode(NodeContext<JobMessage, Signal> node, JobSettings settings) {
        this(node, settings, RaftGroups.embed(node));
    }

    /**
     * A node in the making, or a part of one.
     *
     * @param groups of the node; the one that decides is added to them
     */
    public JobNode(NodeContext<JobMessage, Signal> node, JobSettings settings, RaftGroups<?> groups) {
        this.node = node;
        this.settings = settings;
        this.state = new ControlState(settings.plan().groups());
        this.coordinator = new Coordinator(state, settings.control());
        var voters = node.nodeIds()
                .subList(0, Math.min(settings.controllers(), node.nodeIds().size()));
        var learners = node.nodeIds().subList(voters.size(), node.nodeIds().size());
        var defaults = RaftSettings.defaults();
        var members = new Membership(voters, List.of(), learners);
        var options = RaftOptions.of(EntryCodec.json(ControlEntry.class))
                .named(GROUP)
                .members(members)
                .settings(new RaftSettings(
                        settings.timing(), defaults.limits(), defaults.compaction(), defaults.leaseDrift()));
        this.raft = groups.in(node).add(settings.isDurable() ? options : options.inMemory(), Signal.Decided::new);
        var home = new SnapshotStores.Home(node, groups, members, settings.timing(), settings.isDurable());
        this.seat = new Seat(node, settings, settings.stores().open(home), state, this::tell);
        node.timers().every(settings.control().heartbeatTimeout().dividedBy(TICKS_A_HEARTBEAT), new Signal.Tick());
    }

    @Override
    public void step(Event<JobMessage, Signal> event, Network<JobMessage> network) {
        switch (event) {
            case Event.Received(var message) -> receive(message);
            case Event.Signal(Signal.Turn()) -> seat.turn();
            case Event.Signal(Signal.Carry()) -> seat.carrier().tick();
            case Event.Signal(Signal.Repeat()) -> seat.repeat();
            case Event.Signal(Signal.Tick()) -> {
                begin();
                seat.tick();
                coordinate(new ControlInput.Tick());
            }
            case Event.Signal(Signal.Due()) -> coordinate(new ControlInput.Tick());
            case Event.Signal(Signal.Decided(var decided)) -> follow(decided);
            case Event.EndOfInput() -> seat.leave();
        }
    }

    private void receive(Message<JobMessage> message) {
        switch (message.payload()) {
            case JobMessage.Framed framed -> seat.carrier().receive(message.src(), framed);
            case JobMessage.Linked linked -> seat.carrier().receive(message.src(), linked);
            case JobMessage.Reported(var worker, var report) -> coordinate(new ControlInput.Reported(worker, report));
            case JobMessage.Solicited solicited -> seat.repeat();
            case JobMessage.Asked(var request) -> ask(request, message);
            case JobMessage.Answered answered -> log.warn("{} is an answer to nobody", answered);
            case JobMessage.Woken() -> {
                settings.onWoken().run();
                wake();
            }
        }
    }

    /** Has the worker look whether there is something to do: a source has more, or a sink takes more. For the node's thread. */
    public void wake() {
        seat.goOn();
    }

    /** Asks for something, on behalf of a user of this node; who leads is asked when it is another. For the node's thread. */
    public Promise<Answer> ask(Request request) {
        if (leader.isPresent() && !leader.get().equals(node.nodeId()) && !(request instanceof Request.Status)) {
            return node.network()
                    .rpc(leader.get(), new JobMessage.Asked(request), PATIENCE)
                    .map(reply -> reply instanceof JobMessage.Answered(var answer)
                            ? answer
                            : new Answer.Failed(request.id(), leader + " answered " + reply));
        }
        var promise = new Promise<Answer>();
        take(request, promise);
        return promise;
    }

    private void take(Request request, Promise<Answer> promise) {
        asked.computeIfAbsent(request.id(), absent -> new ArrayList<>()).add(promise);
        coordinate(new ControlInput.Requested(request));
    }

    /** Who decides, as far as is known here. */
    public Optional<String> leader() {
        return leader;
    }

    /** A request of a user is handed on, once, when another leads; one that a node has handed on is not. */
    private void ask(Request request, Message<JobMessage> message) {
        var promise = new Promise<Answer>();
        if (node.nodeIds().contains(message.src())) {
            take(request, promise);
        } else {
            promise = ask(request);
        }
        promise.whenDone(outcome -> node.network().reply(message, new JobMessage.Answered(outcome.orThrow())));
    }

    /** Tells whoever leads; when nobody is known to, it is asked for again. */
    private void tell(Report report) {
        if (leader.isEmpty()) {
            return;
        }
        if (leader.get().equals(node.nodeId())) {
            coordinate(new ControlInput.Reported(seat.id(), report));
        } else {
            node.network().send(leader.get(), new JobMessage.Reported(seat.id(), report));
        }
    }

    private void follow(RaftEvent<ControlEntry> event) {
        switch (event) {
            case RaftEvent.Committed(var index, var term, var entry, var here) -> {
                var decisions = state.apply(entry);
                decisions.forEach(decision -> {
                    log.debug("{}: {} -> {}", node.nodeId(), entry, decision);
                    seat.follow(decision);
                    settings.watcher().decided(term, decision);
                });
                coordinate(new ControlInput.StateChanged());
                if (here) {
                    coordinate(new ControlInput.ProposalEnded(ProposalOutcome.COMMITTED));
                }
            }
            case RaftEvent.ProposalFailed<ControlEntry> failed ->
                coordinate(new ControlInput.ProposalEnded(ProposalOutcome.FAILED));
            case RaftEvent.ProposalUnknown<ControlEntry> unknown ->
                coordinate(new ControlInput.ProposalEnded(ProposalOutcome.UNKNOWN));
            case RaftEvent.LeaderChanged(var role, var term, var who) -> {
                leader = who;
                coordinate(role == RoleName.LEADER ? new ControlInput.Leads() : new ControlInput.Follows());
                begin();
                seat.repeat();
            }
            case RaftEvent.SnapshotRequested(var index) -> raft.snapshot(index, state.encode());
            case RaftEvent.RestoreSnapshot(var index, var term, var bytes) -> {
                state.restore(bytes);
                seat.restored();
                coordinate(new ControlInput.StateChanged());
            }
            case RaftEvent.MembershipChanged<ControlEntry> changed -> {}
        }
    }

    /** Whoever leads confirms what was decided before this node was started; the worker's life begins when that is known here. */
    private void begin() {
        if (seat.hasBegun() || isBeginning || leader.isEmpty()) {
            return;
        }
        isBeginning = true;
        raft.read().whenDone(outcome -> {
            isBeginning = false; // if it came to nothing, the next tick tries again
            if (outcome instanceof Outcome.Ok) {
                seat.begin();
            }
        });
    }

    private void coordinate(ControlInput input) {
        obey(coordinator.step(input, node.nowNanos()));
    }

    private void obey(ControlOutput output) {
        output.propose().ifPresent(raft::propose);
        if (output.read()) {
            raft.read()
                    .whenDone(outcome -> coordinate(
                            outcome instanceof Outcome.Ok
                                    ? new ControlInput.ReadDone()
                                    : new ControlInput.ReadFailed()));
        }
        output.solicit()
                .ifPresent(solicitation -> solicitation.workers().forEach(worker -> {
                    if (worker == seat.id()) {
                        node.signals().send(new Signal.Repeat());
                    } else if (worker < node.nodeIds().size()) {
                        node.network().send(node.nodeIds().get(worker), new JobMessage.Solicited(solicitation));
                    }
                }));
        output.answers().forEach(this::answer);
        output.notices().forEach(notice -> log.info("{}: {}", node.nodeId(), notice));
        lookAgain(output.wakeAt());
    }

    /** A time that was looked at already is not looked at again: what was to begin then waits for something else. */
    private void lookAgain(long atNanos) {
        if (atNanos != dueNanos) {
            dueNanos = atNanos;
            if (due != null) {
                due.cancel();
            }
            if (atNanos < Long.MAX_VALUE) {
                due = node.timers().after(Duration.ofNanos(Math.max(0, atNanos - node.nowNanos())), new Signal.Due());
            }
        }
    }

    private void answer(Answer answer) {
        var waiting = asked.remove(answer.request());
        if (waiting != null) {
            waiting.forEach(promise -> promise.complete(new Outcome.Ok<>(answer)));
        }
    }
}
