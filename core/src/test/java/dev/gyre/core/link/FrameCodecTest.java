package dev.gyre.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gyre.core.json.JsonRecords;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** C15: what is no frame ends its connection, with a reason, and nothing else. */
class FrameCodecTest {
    private static final FrameCodec<Load> CODEC = new FrameCodec<>(Load.CODEC, 700);
    private static final Connection CONNECTION = new Connection(3, 4, 5);
    private static final Stamp STAMP = new Stamp(6, 7);

    /** One of each kind. */
    private static final List<LinkFrame<Load>> FRAMES = List.of(
            new LinkFrame.Hello<>(CONNECTION, 1, "n1", "nø2", new LinkFrame.Sizes(3000, 2000, 700)),
            new LinkFrame.Welcome<>(CONNECTION, 8),
            item(Optional.of("a"), new LinkFrame.Body.Data<>(Load.of(9, 2))),
            item(Optional.empty(), new LinkFrame.Body.Data<>(Load.of(11, 1))),
            item(Optional.empty(), new LinkFrame.Body.Control<>(Load.of(12, 1))),
            item(Optional.empty(), new LinkFrame.Body.Barrier<>(13, 14)),
            new LinkFrame.Ack<>(CONNECTION, 15, 16, STAMP, 17, List.of(new LinkFrame.Credit("op", 18, 19))),
            new LinkFrame.Ping<>(CONNECTION, 20),
            new LinkFrame.Close<>(CONNECTION, 21),
            new LinkFrame.Closed<>(CONNECTION, 22),
            new LinkFrame.Refused<>(CONNECTION, "no"));

    private static LinkFrame<Load> item(Optional<String> schema, LinkFrame.Body<Load> body) {
        return new LinkFrame.Item<>(CONNECTION, 8, "op", STAMP, 144, schema, body);
    }

    private static byte[] bytes(LinkFrame<Load> frame) {
        var encoded = CODEC.encode(frame);
        var bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    /** Whether bytes are a frame; whatever they are, nothing but a {@link MalformedFrame} may be thrown. */
    private static boolean isFrame(byte[] bytes) {
        try {
            CODEC.decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (MalformedFrame e) {
            assertThat(e).hasMessageContaining("frame");
            return false;
        }
    }

    @Test
    void everyFrameSurvives() throws MalformedFrame {
        for (var frame : FRAMES) {
            assertThat(CODEC.decode(CODEC.encode(frame))).isEqualTo(frame);
        }
    }

    @Test
    void everyTruncationIsNoticed() {
        for (var frame : FRAMES) {
            var whole = bytes(frame);
            for (int length = 0; length < whole.length; length++) {
                assertThat(isFrame(Arrays.copyOf(whole, length))).isFalse();
            }
        }
    }

    @Test
    void everyBitFlipIsNoticed() {
        for (var frame : FRAMES) {
            var bytes = bytes(frame);
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(isFrame(bytes)).as("%s with bit %s", frame, bit).isFalse();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }

    /** With a right checksum garbage reaches the fields: each is checked, and nothing large is allocated for what a length claims. */
    @Test
    void garbageBehindARightChecksumIsMalformedOrAFrame() {
        var random = new SplittableRandom(1);
        int frames = 0;
        for (int i = 0; i < 200_000; i++) {
            var bytes = bytes(FRAMES.get(random.nextInt(FRAMES.size())));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = FrameCodec.HEADER_BYTES + random.nextInt(bytes.length - FrameCodec.HEADER_BYTES);
                bytes[at] = (byte) random.nextInt(256);
            }
            var checksum = new CRC32C();
            checksum.update(bytes, FrameCodec.HEADER_BYTES, bytes.length - FrameCodec.HEADER_BYTES);
            ByteBuffer.wrap(bytes).putInt(4, (int) checksum.getValue());
            frames += isFrame(bytes) ? 1 : 0;
        }
        assertThat(frames).isBetween(20_000, 180_000); // else the changes reach nothing, or all is refused
    }

    @Test
    void randomBytesAreNoFrame() {
        var random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            var bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            assertThat(isFrame(bytes)).isFalse();
        }
    }

    @Test
    void readerGivesTheSameFramesHoweverTheBytesAreCut() throws MalformedFrame {
        var there = FRAMES.stream().filter(LinkFrame::isToReceiver).toList();
        var all = new ByteArrayOutputStream();
        there.forEach(frame -> all.writeBytes(bytes(frame)));
        var random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            var reader = FrameReader.accepted(CODEC);
            List<LinkFrame<Load>> read = new ArrayList<>();
            var bytes = ByteBuffer.wrap(all.toByteArray());
            while (bytes.hasRemaining()) {
                var piece = bytes.slice(bytes.position(), Math.min(bytes.remaining(), random.nextInt(40)));
                bytes.position(bytes.position() + piece.remaining());
                reader.read(piece, read::add);
            }
            assertThat(read).isEqualTo(there);
            assertThat(reader.peer()).contains("n1");
            reader.end();
        }
    }

    @Test
    void readerEndsAtOversizeBeforeItReadsThemAndStaysEnded() {
        var reader = FrameReader.accepted(CODEC);
        var header = ByteBuffer.allocate(8).putInt(0, CODEC.maxFrameBytes() + 1);
        assertThatThrownBy(() -> reader.read(header, frame -> {}))
                .isInstanceOf(MalformedFrame.class)
                .hasMessageContaining("a frame of " + (CODEC.maxFrameBytes() + 1) + " bytes");
        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(bytes(FRAMES.get(0))), frame -> {}))
                .isInstanceOf(MalformedFrame.class);
    }

    @Test
    void readerInsistsOnHelloFirstAndOnceAndOnOneConnectionAndDirection() throws MalformedFrame {
        assertRefused(FrameReader.accepted(CODEC), FRAMES.get(7), "the first frame of a connection is Hello, not Ping");
        assertRefused(FrameReader.accepted(CODEC), FRAMES.get(1), "Welcome in the wrong direction");
        assertRefused(FrameReader.dialled(CODEC, "n2"), FRAMES.get(7), "Ping in the wrong direction");
        var opened = FrameReader.accepted(CODEC);
        opened.read(ByteBuffer.wrap(bytes(FRAMES.get(0))), frame -> {});
        assertRefused(opened, FRAMES.get(0), "a second Hello");
        var other = FrameReader.accepted(CODEC);
        other.read(ByteBuffer.wrap(bytes(FRAMES.get(0))), frame -> {});
        assertRefused(other, new LinkFrame.Ping<>(new Connection(3, 4, 6), 1), "generation=6");
        var cut = FrameReader.accepted(CODEC);
        cut.read(ByteBuffer.wrap(bytes(FRAMES.get(0)), 0, 10), frame -> {});
        assertThatThrownBy(cut::end).hasMessageContaining("ended after");
    }

    private static void assertRefused(FrameReader<Load> reader, LinkFrame<Load> frame, String why) {
        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(bytes(frame)), read -> {
                    throw new AssertionError(read);
                }))
                .isInstanceOf(MalformedFrame.class)
                .hasMessageContaining(why);
    }

    @Test
    void frameThatIsTooLargeIsNotWritten() {
        var frame = item(Optional.of("a"), new LinkFrame.Body.Data<>(Load.of(1, 10_000)));
        assertThatThrownBy(() -> CODEC.encode(frame)).hasMessageContaining("one has at most");
    }

    /** As a host with messages has it. */
    private record Linked(LinkMessage link) {}

    @Test
    void messageIsTheSameFrameInOneProcessAndAnEqualOneThroughJson() throws MalformedFrame, JsonProcessingException {
        var json = JsonRecords.of(Linked.class);
        for (var frame : FRAMES) {
            var message = new Linked(LinkMessage.of(frame, CODEC));
            assertThat(message.link().read(CODEC)).isSameAs(frame);
            var read = json.decode(json.encode(message)).link();
            assertThat(read.read(CODEC)).isEqualTo(frame);
            assertThat(json.encode(new Linked(read))).isEqualTo(json.encode(message));
        }
    }

    @Test
    void textThatIsNoFrameIsMalformed() {
        for (var text : List.of("", "%", "AAAA", "AAAAAAAAAAAAAAAA")) {
            assertThatThrownBy(() -> LinkMessage.ofText(text).read(CODEC)).isInstanceOf(MalformedFrame.class);
        }
    }

    /** Frames of a peer that lies: whatever they are, the node and its other links live on. */
    @Test
    void linkThatIsGivenNonsenseClosesAndOthersLiveOn() {
        var random = new SplittableRandom(4);
        var net = new SmallNet();
        var victim = net.node("1", 4);
        var good = net.node("2", 1);
        long sent = 0;
        for (int i = 0; i < 3000; i++) {
            net.give("1", "liar", nonsense(random));
            if (i % 100 == 0) {
                sent++;
                assertThat(good.trySend("1", "op", new Stamp(1, 1), Load.of(sent, 1), net.now)
                                .isAccepted())
                        .isTrue();
                net.settle();
                assertThat(SmallNet.firsts(victim.drain("op", net.now))).containsExactly(sent);
                net.settle();
                assertThat(victim.state("liar", net.now).queuedBytes()).isLessThanOrEqualTo(3 * 3000 + 2000);
            }
        }
        assertThat(net.events).anyMatch(LinkEvent.ConnectionRefused.class::isInstance);
    }

    private static LinkFrame<Load> nonsense(SplittableRandom random) {
        var connection = new Connection(1 + random.nextInt(2), 4, 1 + random.nextInt(3));
        long number = random.nextInt(5);
        return switch (random.nextInt(9)) {
            case 0, 1 ->
                new LinkFrame.Hello<>(
                        connection,
                        random.nextInt(10) == 0 ? 2 : 1,
                        random.nextInt(10) == 0 ? "1" : "liar",
                        "1",
                        new LinkFrame.Sizes(2000, 1000, random.nextInt(10) == 0 ? 5000 : 700));
            case 2 -> new LinkFrame.Welcome<>(connection, number);
            case 3 -> new LinkFrame.Ack<>(connection, number, number + 3, STAMP, number, List.of());
            case 4 -> new LinkFrame.Ping<>(connection, number);
            case 5 -> new LinkFrame.Close<>(connection, number);
            case 6 -> new LinkFrame.Refused<>(connection, "no");
            default ->
                new LinkFrame.Item<>(
                        connection,
                        number,
                        "c" + random.nextInt(3),
                        new Stamp(number, 1),
                        random.nextInt(10) == 0 ? 1 : 200,
                        random.nextBoolean() ? Optional.of(random.nextInt(9) == 0 ? "b" : "a") : Optional.empty(),
                        random.nextInt(4) == 0
                                ? new LinkFrame.Body.Barrier<>(1, number)
                                : new LinkFrame.Body.Data<>(Load.of(1, 1 + random.nextInt(4))));
        };
    }
}
