package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.gyre.core.link.Connection;
import dev.gyre.core.link.FrameCodec;
import dev.gyre.core.link.LinkFrame;
import dev.gyre.core.link.MalformedFrame;
import dev.gyre.core.link.Stamp;
import dev.gyre.stream.codec.RandomValues;
import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Numbers;
import dev.gyre.stream.exchange.Records;
import dev.gyre.stream.exchange.Rescale;
import dev.gyre.stream.operator.Operator;
import dev.gyre.stream.operator.Partial;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Frames of workers come back from bytes as they were, and what is no frame is refused, whatever it says. */
class FrameBytesTest {
    private static final Connection CONNECTION = new Connection(3, 4, 5);

    /** What a frame may cost beyond its size: a batch has room for all the records that it may have. */
    private static final long MAX_ROOM_BYTES = 200_000;

    /** Frames that workers sent each other in a run with windows, sessions, joins and rescales: of each kind the first ones, unless they are long. */
    private static final List<byte[]> SENT = sent();

    private static List<byte[]> sent() {
        var codec = WindowRescaleTest.codec();
        var byKind = new TreeMap<String, List<byte[]>>();
        for (long seed = 1; seed <= 40; seed++) {
            WindowRescaleTest.run(seed, frame -> {
                var bytes = codec.encode(frame);
                var kind = frame instanceof Frame.Channel channel
                        ? channel.item().getClass().getSimpleName() + channel.edge()
                        : frame instanceof Frame.HandOver handOver ? "state of " + handOver.stage() : name(frame);
                var some = byKind.computeIfAbsent(kind, absent -> new ArrayList<>());
                if (some.size() < 2 && bytes.length < 400) {
                    some.add(bytes);
                }
                return frame;
            });
        }
        assertThat(byKind.keySet())
                .contains("Batch1", "Epoch1", "Marker1", "End1", "Goodbye1", "HandOverDone", "Partition", "Left");
        assertThat(byKind.keySet().stream().filter(kind -> kind.startsWith("state of")))
                .hasSizeGreaterThan(3);
        return byKind.values().stream().flatMap(List::stream).toList();
    }

    private static String name(Frame frame) {
        return frame.getClass().getSimpleName();
    }

    private final FrameBytes codec = WindowRescaleTest.codec();

    /** Whether bytes are a frame; whatever they are, nothing else may be thrown, and what is read can be sent on. */
    private boolean isFrame(byte[] bytes) {
        Frame frame;
        try {
            frame = codec.decode(ByteBuffer.wrap(bytes));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("a frame of a worker, offset ");
            return false;
        }
        assertThat(codec.encode(frame)).isNotEmpty();
        return true;
    }

    @Test
    void framesWithAnyValuesSurvive() {
        var any = WindowRescaleTest.codec(RandomValues.TYPES);
        for (long seed = 1; seed <= 1500; seed++) {
            var frame = frame(new Random(seed), new RandomValues(seed));
            var back = any.decode(ByteBuffer.wrap(any.encode(frame)).asReadOnlyBuffer());
            assertThat(plain(back)).as("seed %d", seed).isEqualTo(plain(frame));
        }
    }

    private static Frame frame(Random random, RandomValues values) {
        long generation = values.number();
        return switch (random.nextInt(6)) {
            case 0 -> new Frame.Credit(generation, random.nextInt(5), random.nextInt(1 << 20));
            case 1 -> new Frame.HandOverDone(generation, random.nextInt(5), values.number(), values.number());
            case 2 ->
                new Frame.Partition(generation, 0, values.number(), values.text(), Optional.ofNullable(values.any(1)));
            case 3 -> {
                var prepared = new TreeMap<String, Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    prepared.put(values.text(), Optional.ofNullable(values.any(1)));
                }
                yield new Frame.Left(generation, values.number(), prepared);
            }
            default -> new Frame.Channel(generation, random.nextInt(5), item(random, values));
        };
    }

    private static Item item(Random random, RandomValues values) {
        return switch (random.nextInt(11)) {
            case 0 -> new Item.Epoch(values.number());
            case 1 -> new Item.Idle();
            case 2 -> new Item.Barrier(values.number(), values.number());
            case 3 -> {
                var from = Assignment.of(values.number(), 64, List.of(random.nextInt(), 7, 8));
                yield new Item.Marker(
                        new Rescale(from, from.rescaled(values.number(), List.of(7, random.nextInt(), 9))));
            }
            case 4 -> new Item.Suspend(values.number());
            case 5 -> new Item.End();
            case 6 -> new Item.Goodbye();
            case 7 -> {
                var numbers = new Numbers();
                for (int i = random.nextInt(8); i > 0; i--) {
                    numbers.add(values.number(), values.number(), values.number());
                }
                yield numbers;
            }
            default -> batch(random, values);
        };
    }

    private static Batch batch(Random random, RandomValues values) {
        int size = random.nextInt(20) == 0 ? Batch.CAPACITY : random.nextInt(8);
        boolean hasKeys = random.nextBoolean();
        boolean hashed = hasKeys || random.nextBoolean();
        int partials = random.nextInt(3);
        var batch = new Batch();
        for (int i = 0; i < size; i++) {
            boolean isPartial = partials > random.nextInt(2);
            Object value = isPartial ? new Partial(Optional.ofNullable(values.any(2))) : values.any(2);
            long time = random.nextInt(4) == 0 ? random.nextLong() : values.number();
            batch.add(hasKeys ? values.text() : Operator.NO_KEY, hashed ? random.nextInt() : 0, value, time);
        }
        return batch;
    }

    /** The frame, or of a batch its place and columns: it is equal to none but itself. */
    private static Object plain(Frame frame) {
        if (frame instanceof Frame.Channel(var generation, var edge, Records records)) {
            var batch = records.asObjects();
            int size = batch.size();
            return List.of(
                    generation,
                    edge,
                    records.getClass(),
                    Arrays.asList(batch.keys).subList(0, size),
                    Arrays.stream(batch.hashes).limit(size).boxed().toList(),
                    Arrays.asList(batch.values).subList(0, size),
                    Arrays.stream(batch.times).limit(size).boxed().toList());
        }
        return frame;
    }

    @Test
    void whatWorkersSendIsReadByTheSameBytes() {
        for (var bytes : SENT) {
            var frame = codec.decode(ByteBuffer.wrap(bytes));
            var again = codec.encode(frame);
            if (frame instanceof Frame.HandOver) {
                // A table that was larger once has its keys in another order than one that has just been read.
                assertThat(sorted(again)).isEqualTo(sorted(bytes));
            } else {
                assertThat(again).isEqualTo(bytes);
            }
        }
    }

    private static byte[] sorted(byte[] bytes) {
        var sorted = bytes.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    @Test
    void everyTruncationIsRefused() {
        for (var whole : SENT) {
            for (int length = 0; length < whole.length; length++) {
                assertThat(isFrame(Arrays.copyOf(whole, length))).isFalse();
            }
            assertThat(isFrame(Arrays.copyOf(whole, whole.length + 1))).isFalse();
        }
    }

    /** The checksum of the link refuses all of them; without it, most would be other numbers. */
    @Test
    void everyBitFlipIsRefusedInTheFrameOfTheLink() throws MalformedFrame {
        var link = new FrameCodec<>(codec, 1000);
        for (var payload : SENT) {
            var item = new LinkFrame.Item<>(
                    CONNECTION,
                    8,
                    "op",
                    new Stamp(1, 2),
                    payload.length,
                    Optional.empty(),
                    new LinkFrame.Body.Control<>(codec.decode(ByteBuffer.wrap(payload))));
            var encoded = link.encode(item);
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            assertThat(link.decode(ByteBuffer.wrap(bytes))).isInstanceOf(LinkFrame.Item.class);
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                assertThatThrownBy(() -> link.decode(ByteBuffer.wrap(bytes))).isInstanceOf(MalformedFrame.class);
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }

    @Test
    void everyBitFlipBehindARightChecksumIsRefusedOrAnotherFrame() {
        int frames = 0;
        int flips = 0;
        for (var payload : SENT) {
            var bytes = payload.clone();
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                frames += isFrame(bytes) ? 1 : 0;
                flips++;
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
        assertThat(frames).isBetween(flips / 10, flips * 9 / 10); // else the flips reach nothing, or all is refused
    }

    /** Lengths, counts and sizes are where a flipped or forged byte would make room for what never comes. */
    @Test
    void noForgeryMakesRoomForMoreThanIsThere() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 30_000; i++) {
            var bytes = SENT.get(random.nextInt(SENT.size())).clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            try {
                codec.decode(ByteBuffer.wrap(bytes));
            } catch (IllegalArgumentException e) {
                refused++;
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_ROOM_BYTES);
        }
        assertThat(refused).isGreaterThan(15_000);
    }

    record Unknown(int number) {}

    @Test
    void senderIsToldWhichTypeToRegister() {
        var batch = new Batch(1);
        batch.add("key", 1, new Unknown(1), 2);
        assertThatThrownBy(() -> codec.encode(new Frame.Channel(1, 1, batch)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("records from \"")
                .hasMessageContaining(Unknown.class.getName() + " is not among the types")
                .hasMessageContaining("add it to the job: .types(Unknown.class)");
        assertThatThrownBy(() -> codec.encode(new Frame.Partition(1, 0, 2, "p1", new Unknown(1))))
                .hasMessageContaining("position in partition \"p1\" of \"left\"")
                .hasMessageContaining(".types(Unknown.class)");
        assertThatThrownBy(() -> codec.encode(new Frame.Left(1, 2, Map.of("out", new Unknown(1)))))
                .hasMessageContaining("what sink \"out\" has prepared")
                .hasMessageContaining(".types(Unknown.class)");
        var partial = new Batch(1);
        partial.add("key", 1, new Partial(new Unknown(1)), 2);
        assertThatThrownBy(() -> codec.encode(new Frame.Channel(1, 1, partial)))
                .hasMessageContaining(".types(Unknown.class)");
    }

    @Test
    void framesForAnotherJobAreRefusedByName() {
        assertThat(refusal(new byte[] {1, 2, 99, 3})).contains("an edge is from 0 to ");
        assertThat(refusal(new byte[] {4, 2, 99, 1, 1})).contains("a stage is from 0 to ");
        assertThat(refusal(new byte[] {77, 2})).contains("no kind of frames is 77");
        assertThat(refusal(new byte[] {1, 2, 0, 77})).contains("no kind of items is 77");
        assertThat(refusal(new byte[] {1, 2, 0, 1, 0, (byte) 0x81, 8}))
                .contains("the size of a batch is from 0 to 1024");
    }

    private String refusal(byte[] bytes) {
        try {
            return "taken as " + codec.decode(ByteBuffer.wrap(bytes));
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
