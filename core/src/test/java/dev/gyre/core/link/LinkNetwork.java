package dev.gyre.core.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A network for links, in virtual time. Either of messages, each of which is lost, repeated and delayed as it comes, or of streams, whose bytes come in
 * pieces and in order until they are cut, which may be inside a frame, and which one end may never hear of.
 */
final class LinkNetwork {
    /** What a network does to its nodes. */
    interface Host {
        void received(String to, long life, String from, LinkFrame<Load> frame);

        void cut(String to, String peer, long generation, String reason);

        long life(String node);
    }

    private record Due(long atNanos, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** One direction of a connection. */
    private final class Pipe {
        final String from;
        final String to;
        final FrameReader<Load> reader;
        final long life;
        long lastNanos;
        boolean isOver;
        boolean isBroken;

        Pipe(String from, String to, FrameReader<Load> reader) {
            this.from = from;
            this.to = to;
            this.reader = reader;
            this.life = host.life(to);
        }
    }

    private record Stream(String dialler, String acceptor, long generation, long life, Pipe there, Pipe back) {}

    private static final long MILLI = 1_000_000;

    private final SplittableRandom random;
    private final Host host;
    private final FrameCodec<Load> codec;
    private final boolean isOfStreams;
    private final boolean isWritten;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final TreeMap<String, Stream> streams = new TreeMap<>();
    private final TreeMap<String, Long> partitionedUntil = new TreeMap<>();
    private long order;
    private long now;
    private boolean isHealed;
    private final int lossPercent;
    private final int maxDelayMillis;
    long frames;

    LinkNetwork(SplittableRandom random, Host host, FrameCodec<Load> codec) {
        this.random = random;
        this.host = host;
        this.codec = codec;
        this.isOfStreams = random.nextBoolean();
        this.isWritten = random.nextInt(4) == 0;
        this.lossPercent = random.nextInt(4) == 0 ? 0 : random.nextInt(20);
        this.maxDelayMillis = 1 + random.nextInt(30);
    }

    boolean isOfStreams() {
        return isOfStreams;
    }

    void heal() {
        isHealed = true;
        partitionedUntil.clear();
    }

    /** Nothing passes between two nodes for a while. */
    void partition(String one, String other, long nanos) {
        partitionedUntil.put(one + other, now + nanos);
        partitionedUntil.put(other + one, now + nanos);
    }

    void at(long nanos, Runnable action) {
        due.add(new Due(nanos, order++, action));
    }

    /** Goes on to the next thing due, unless it is later than that; the time, or -1. */
    long next(long untilNanos) {
        var first = due.peek();
        if (first == null || first.atNanos > untilNanos) {
            return -1;
        }
        due.remove();
        now = first.atNanos;
        first.action.run();
        return now;
    }

    long now() {
        return now;
    }

    private boolean isLost(String from, String to) {
        return partitionedUntil.getOrDefault(from + to, 0L) > now || (!isHealed && random.nextInt(100) < lossPercent);
    }

    private long delay() {
        return MILLI / 10 + random.nextLong(maxDelayMillis * MILLI);
    }

    void connect(String from, Output.Connect connect) {
        if (isOfStreams) {
            streams.put(
                    key(from, connect.peer(), connect.generation(), host.life(from)),
                    new Stream(
                            from,
                            connect.peer(),
                            connect.generation(),
                            host.life(from),
                            new Pipe(from, connect.peer(), FrameReader.accepted(codec)),
                            new Pipe(connect.peer(), from, FrameReader.dialled(codec, connect.peer()))));
        }
    }

    private static String key(String dialler, String acceptor, long generation, long life) {
        return dialler + ">" + acceptor + "#" + generation + "@" + life;
    }

    void send(String from, Output.Outgoing<Load> outgoing) {
        frames++;
        var frame = outgoing.frame();
        if (isOfStreams) {
            boolean isThere = frame.isToReceiver();
            var connection = frame.connection();
            var stream = streams.get(key(
                    isThere ? from : outgoing.to(),
                    isThere ? outgoing.to() : from,
                    connection.generation(),
                    connection.senderIncarnation()));
            if (stream != null) {
                write(stream, isThere ? stream.there : stream.back, codec.encode(frame));
            }
            return;
        }
        int copies = isLost(from, outgoing.to()) ? 0 : !isHealed && random.nextInt(10) == 0 ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long life = host.life(outgoing.to());
            var passed = isWritten ? reread(frame) : frame;
            // A message may come to a later life of its receiver.
            long to = random.nextInt(4) == 0 ? 0 : life;
            long delay = !isHealed && random.nextInt(30) == 0 ? 20 * delay() : delay();
            at(now + delay, () -> host.received(outgoing.to(), to, from, passed));
        }
    }

    private LinkFrame<Load> reread(LinkFrame<Load> frame) {
        try {
            return LinkMessage.ofText(LinkMessage.of(frame, codec).toText()).read(codec);
        } catch (MalformedFrame e) {
            throw new AssertionError("a frame that was written cannot be read: " + frame, e);
        }
    }

    private void write(Stream stream, Pipe pipe, ByteBuffer bytes) {
        while (bytes.hasRemaining() && !pipe.isOver) {
            int length = random.nextInt(3) == 0 ? 1 + random.nextInt(bytes.remaining()) : bytes.remaining();
            boolean isCut = !isHealed && random.nextInt(2500) < lossPercent * 10;
            var piece = new byte[isCut ? random.nextInt(length + 1) : length];
            bytes.get(piece);
            pipe.lastNanos = Math.max(pipe.lastNanos, now + delay());
            at(pipe.lastNanos, () -> deliver(pipe, piece));
            if (isCut) {
                pipe.isOver = true;
                boolean isHeard = random.nextInt(3) > 0;
                if (isHeard) {
                    at(pipe.lastNanos, () -> cut(stream));
                }
            }
        }
    }

    private void deliver(Pipe pipe, byte[] piece) {
        if (pipe.isBroken
                || pipe.life != host.life(pipe.to)
                || partitionedUntil.getOrDefault(pipe.from + pipe.to, 0L) > now) {
            pipe.isOver = true;
            pipe.isBroken = true; // what is missing now is missing for good
            return;
        }
        var read = new ArrayList<LinkFrame<Load>>();
        try {
            pipe.reader.read(ByteBuffer.wrap(piece), read::add);
        } catch (MalformedFrame e) {
            throw new AssertionError("what was written cannot be read", e);
        }
        read.forEach(frame -> host.received(pipe.to, pipe.life, pipe.from, frame));
    }

    private void cut(Stream stream) {
        stream.there.isOver = true;
        stream.back.isOver = true;
        if (host.life(stream.dialler) == stream.life) {
            host.cut(stream.dialler, stream.acceptor, stream.generation, "cut");
        }
    }

    void disconnect(String from, Output.Disconnect disconnect) {
        for (var stream : streams.values()) {
            boolean isIt = stream.generation == disconnect.generation()
                    && stream.dialler.equals(disconnect.isOwn() ? from : disconnect.peer())
                    && stream.acceptor.equals(disconnect.isOwn() ? disconnect.peer() : from);
            if (isIt) {
                at(Math.max(now, stream.back.lastNanos), () -> cut(stream));
                stream.there.isOver = true;
            }
        }
    }

    /** All connections of a node are cut. */
    void cutAll(String node) {
        new ArrayList<>(streams.values())
                .stream()
                        .filter(stream -> stream.dialler.equals(node) || stream.acceptor.equals(node))
                        .filter(stream -> !stream.there.isOver)
                        .forEach(this::cut);
    }
}
