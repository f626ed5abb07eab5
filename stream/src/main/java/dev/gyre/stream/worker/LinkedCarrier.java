package dev.gyre.stream.worker;

import dev.gyre.core.InvariantViolation;
import dev.gyre.core.NodeContext;
import dev.gyre.core.Timer;
import dev.gyre.core.link.Arrival;
import dev.gyre.core.link.FrameCodec;
import dev.gyre.core.link.Input;
import dev.gyre.core.link.LinkEvent;
import dev.gyre.core.link.LinkFrame;
import dev.gyre.core.link.LinkMessage;
import dev.gyre.core.link.Links;
import dev.gyre.core.link.MalformedFrame;
import dev.gyre.core.link.Output;
import dev.gyre.core.link.Sent;
import dev.gyre.core.link.Stamp;
import dev.gyre.stream.exchange.Records;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * See {@link Carriage.OverLinks}. A channel of a link for each edge, and one for all else; records are on the link's credit for data, everything else on that
 * for control.
 *
 * <p>The links live as long as the worker's registered life, under its number: such numbers rise, and all nodes learn them from one log, in the same place among
 * the decisions. So each node {@linkplain Links#expect expects} the lives that a generation begins with, and what it sends in that generation can only reach those.
 *
 * <p>A stamp has the generation alone. What is of one version of the assignment and what of the next is told apart in band, by markers; a fence by version would
 * refuse what was sent before a marker and is still to come.
 */
final class LinkedCarrier implements Carrier {
    private static final Logger log = LoggerFactory.getLogger(LinkedCarrier.class);

    /** The channel of all frames that belong to no edge; among each other they keep their order. */
    private static final String CONTROL = "c";

    private final NodeContext<JobMessage, JobNode.Signal> node;
    private final Carriage.OverLinks how;
    private final FrameCodec<Frame> codec;
    private final Receiver receiver;
    private final Backlogs backlogs = new Backlogs();
    private final Owed owed = new Owed();
    private final Timer timer;
    private long timerNanos = Long.MAX_VALUE;
    private @Nullable Links<Frame> links;
    private long incarnation;
    private long generation;
    /** What made a send fail for good. Told at the next tick: the worker that sends is in the middle of something. */
    private Optional<Runnable> obituary = Optional.empty();

    LinkedCarrier(NodeContext<JobMessage, JobNode.Signal> node, Carriage.OverLinks how, Receiver receiver) {
        this.node = node;
        this.how = how;
        this.codec = new FrameCodec<>(how.codec(), how.settings().sizes().maxItemBytes());
        this.receiver = receiver;
        this.timer = node.timers().after(Duration.ZERO, new JobNode.Signal.Carry());
    }

    @Override
    public void live(long itsIncarnation) {
        if (itsIncarnation == incarnation) {
            return;
        }
        incarnation = itsIncarnation;
        backlogs.clear();
        owed.clear();
        links = new Links<>(
                new Links.Self(node.nodeId(), itsIncarnation),
                how.settings(),
                how.payloads(),
                peer -> node.nodeIds().contains(peer) ? Optional.of(peer) : Optional.empty(),
                node.random());
        links.fence(new Stamp(generation, 0), node.nowNanos());
    }

    @Override
    public void begin(long itsGeneration, IntFunction<Optional<Long>> lives) {
        generation = itsGeneration;
        var here = links;
        if (here == null) {
            return;
        }
        long now = node.nowNanos();
        here.fence(new Stamp(generation, 0), now);
        backlogs.dropBefore(generation);
        owed.dropBefore(generation).forEach(arrival -> here.consumed(arrival, now));
        for (int worker = 0; worker < node.nodeIds().size(); worker++) {
            var name = nameOf(worker);
            if (!name.equals(node.nodeId())) {
                lives.apply(worker).ifPresent(life -> here.expect(name, life, now));
            }
        }
        step(here, new Input.Tick<>());
    }

    private String nameOf(int worker) {
        return node.nodeIds().get(worker);
    }

    @Override
    public void send(int to, Frame frame) {
        var here = links;
        if (here == null) {
            throw new InvariantViolation(node.nodeId() + " is to send " + frame + " before its life is known");
        }
        var channel = new Backlogs.Channel(
                nameOf(to), frame instanceof Frame.Channel(var in, var edge, var item) ? "e" + edge : CONTROL);
        if (backlogs.isEmpty(channel)) {
            backlogs.putBack(channel, offer(here, channel, frame));
        } else {
            backlogs.add(channel, frame);
        }
        arm(here);
    }

    /** What of a frame could not be sent yet. */
    @SuppressWarnings("unchecked") // parts of a frame are frames
    private List<Frame> offer(Links<Frame> here, Backlogs.Channel channel, Frame frame) {
        var stamp = new Stamp(frame.generation(), 0);
        long now = node.nowNanos();
        var sent = frame instanceof Frame.Channel(var in, var edge, Records batch)
                ? here.trySend(channel.peer(), channel.name(), stamp, frame, now)
                : here.trySendControl(channel.peer(), channel.name(), stamp, frame, now);
        return switch (sent) {
            case Sent.Accepted() -> List.of();
            case Sent.Partly(var rest) -> (List<Frame>) rest;
            case Sent.NoCredit() -> List.of(frame);
            case Sent.PeerDown(var reason) -> List.of(frame); // until it is up; if it never is, its worker is given up
            case Sent.Stale(var fence) -> List.of(); // the peer is in a later generation, and this is as good as over
            case Sent.EpochLost(var epoch) -> {
                mourn(() -> receiver.lost(
                        frame.generation(), channel.peer() + " has lost what it had of generation " + epoch));
                yield List.of();
            }
            case Sent.Unfit(var reason) -> {
                mourn(() -> receiver.failed(frame.generation(), new IllegalArgumentException(reason)));
                yield List.of();
            }
            case Sent.NotFound(var peer) -> throw new InvariantViolation("no node is called " + peer);
            case Sent.Closing() -> throw new InvariantViolation("nobody closes links, and that to " + channel + " is");
        };
    }

    private void mourn(Runnable telling) {
        obituary = obituary.or(() -> Optional.of(telling));
        fireAt(node.nowNanos());
    }

    @Override
    public void consumed(int edge, int sender, int records) {
        var here = links;
        if (here != null) {
            var paid = owed.consumed(edge, sender, records);
            if (!paid.isEmpty()) {
                paid.forEach(arrival -> here.consumed(arrival, node.nowNanos()));
                arm(here);
            }
        }
    }

    @Override
    public void receive(String src, JobMessage message) {
        var here = links;
        if (!(message instanceof JobMessage.Linked(var link))) {
            log.warn("{}: {} speaks over no link, and this node does: all need the same carriage", node.nodeId(), src);
        } else if (here != null && node.nodeIds().contains(src)) { // who is not known yet is tried again
            try {
                step(here, new Input.Received<>(src, link.read(codec)));
            } catch (MalformedFrame malformed) {
                log.warn("{}: from {} came what is no frame: {}", node.nodeId(), src, malformed.getMessage());
            }
        }
    }

    @Override
    public void tick() {
        timerNanos = Long.MAX_VALUE;
        var telling = obituary;
        obituary = Optional.empty();
        telling.ifPresent(Runnable::run);
        if (links != null) {
            step(links, new Input.Tick<>());
        }
    }

    private void step(Links<Frame> here, Input<Frame> input) {
        var output = here.step(input, node.nowNanos());
        // Messages have no connections to make or to end.
        for (Output.Outgoing<Frame> outgoing : output.frames()) {
            node.network().send(outgoing.to(), new JobMessage.Linked(LinkMessage.of(outgoing.frame(), codec)));
        }
        output.events().forEach(event -> follow(here, event));
        arm(here);
    }

    private void follow(Links<Frame> here, LinkEvent event) {
        switch (event) {
            case LinkEvent.Arrived(var peer, var channel) -> take(here, peer, channel);
            case LinkEvent.CreditBack(var peer, var name) -> resume(here, new Backlogs.Channel(peer, name));
            case LinkEvent.Up(var peer, var connection) -> backlogs.to(peer).forEach(channel -> resume(here, channel));
            case LinkEvent.PeerRestarted(var peer, var half, var life, var lostEpoch) -> {
                if (lostEpoch >= generation) {
                    receiver.lost(lostEpoch, peer + " began life " + life + ", and what it had before is gone");
                }
            }
            case LinkEvent.BarrierBroken broken ->
                throw new InvariantViolation("barriers travel as frames, and " + broken);
            case LinkEvent.ConnectionRefused(var peer, var reason) ->
                log.warn("{}: refused a connection of {}: {}", node.nodeId(), peer, reason);
            case LinkEvent.Disconnected told -> log.debug("{}: {}", node.nodeId(), told);
            case LinkEvent.Down told -> log.info("{}: {}", node.nodeId(), told);
            case LinkEvent.ItemsRefused told -> log.debug("{}: {}", node.nodeId(), told);
            case LinkEvent.Closed told -> log.debug("{}: {}", node.nodeId(), told);
            case LinkEvent.PeerClosed told -> log.debug("{}: {}", node.nodeId(), told);
        }
    }

    private void resume(Links<Frame> here, Backlogs.Channel channel) {
        for (var next = backlogs.poll(channel); next.isPresent(); next = backlogs.poll(channel)) {
            var rest = offer(here, channel, next.get());
            backlogs.putBack(channel, rest);
            if (!rest.isEmpty()) {
                return;
            }
        }
    }

    private void take(Links<Frame> here, String peer, String channel) {
        int from = node.nodeIds().indexOf(peer);
        for (var next = here.poll(peer, channel); next.isPresent(); next = here.poll(peer, channel)) {
            var arrival = next.get();
            var frame = frameOf(arrival);
            if (frame instanceof Frame.Channel(var in, var edge, Records batch) && batch.size() > 0) {
                owed.add(edge, from, batch.size(), arrival);
            } else {
                here.consumed(arrival, node.nowNanos());
            }
            receiver.receive(from, frame);
        }
    }

    private static Frame frameOf(Arrival<Frame> arrival) {
        return switch (arrival.body()) {
            case LinkFrame.Body.Data<Frame>(var frame) -> frame;
            case LinkFrame.Body.Control<Frame>(var frame) -> frame;
            case LinkFrame.Body.Barrier<Frame> barrier ->
                throw new InvariantViolation(
                        "barriers travel as frames, and from " + arrival.peer() + " came " + barrier);
        };
    }

    private void arm(Links<Frame> here) {
        fireAt(here.nextDeadlineNanos());
    }

    /** Has the timer fire no later than that. It may be too early: then nothing comes of it. */
    private void fireAt(long nanos) {
        if (nanos < timerNanos) {
            timerNanos = nanos;
            timer.reset(Duration.ofNanos(Math.max(0, nanos - node.nowNanos())));
        }
    }
}
