package dev.gyre.core.link;

import dev.gyre.core.link.LinkFrame.Body;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Frames as bytes: the length of what follows the checksum (4 bytes), its CRC-32C (4 bytes), the kind (1 byte), the connection (three times 8 bytes), and
 * what the kind bears. Numbers have their highest byte first; text is its length (4 bytes) and UTF-8. For any thread if the payload's codec is.
 *
 * @param <P> payloads
 */
public final class FrameCodec<P> {
    /** Length and checksum. */
    static final int HEADER_BYTES = 8;

    /** What may come on top of the largest payload: an ack of 256 credits with the longest names is 70 kB. */
    private static final int ENVELOPE_BYTES = 128 << 10;

    private static final int MAX_CREDITS = 1024;
    private static final int MAX_REASON_BYTES = 32 << 10;

    private static final int HELLO = 1;
    private static final int WELCOME = 2;
    private static final int DATA = 3;
    private static final int DATA_WITH_SCHEMA = 4;
    private static final int CONTROL = 5;
    private static final int BARRIER = 6;
    private static final int ACK = 7;
    private static final int PING = 8;
    private static final int CLOSE = 9;
    private static final int CLOSED = 10;
    private static final int REFUSED = 11;

    private final PayloadCodec<P> payloads;
    private final int maxFrameBytes;

    /**
     * A codec.
     *
     * @param maxItemBytes as {@link LinkFrame.Sizes} has it
     */
    public FrameCodec(PayloadCodec<P> payloads, int maxItemBytes) {
        this.payloads = payloads;
        this.maxFrameBytes = Math.addExact(maxItemBytes, ENVELOPE_BYTES);
    }

    /** The largest frame, without length and checksum. */
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    /**
     * A frame as bytes, from its position to its limit.
     *
     * @throws IllegalArgumentException when it is larger than {@link #maxFrameBytes}: its payload has more bytes than {@link Payloads#sizeBytes} has said
     */
    public ByteBuffer encode(LinkFrame<P> frame) {
        var writer = new FrameWriter();
        writer.putLong(0); // length and checksum are not known yet
        switch (frame) {
            case LinkFrame.Hello<P> hello -> {
                begin(writer, HELLO, hello);
                writer.putInt(hello.protocol());
                writer.putText(hello.from());
                writer.putText(hello.to());
                writer.putInt(hello.sizes().dataWindowBytes());
                writer.putInt(hello.sizes().controlWindowBytes());
                writer.putInt(hello.sizes().maxItemBytes());
            }
            case LinkFrame.Welcome<P> welcome -> begin(writer, WELCOME, welcome).putLong(welcome.next());
            case LinkFrame.Item<P> item -> encodeItem(writer, item);
            case LinkFrame.Ack<P> ack -> encodeAck(writer, ack);
            case LinkFrame.Ping<P> ping -> begin(writer, PING, ping).putLong(ping.next());
            case LinkFrame.Close<P> close -> begin(writer, CLOSE, close).putLong(close.last());
            case LinkFrame.Closed<P> closed -> begin(writer, CLOSED, closed).putLong(closed.last());
            case LinkFrame.Refused<P> refused -> begin(writer, REFUSED, refused).putText(refused.reason());
        }
        var bytes = writer.finish();
        int length = bytes.limit() - HEADER_BYTES;
        if (length > maxFrameBytes) {
            throw new IllegalArgumentException("a frame of " + length + " bytes; one has at most " + maxFrameBytes);
        }
        return bytes.putInt(0, length).putInt(4, checksum(bytes.slice(HEADER_BYTES, length)));
    }

    private FrameWriter begin(FrameWriter writer, int kind, LinkFrame<P> frame) {
        writer.putByte(kind);
        writer.putLong(frame.connection().senderIncarnation());
        writer.putLong(frame.connection().receiverIncarnation());
        writer.putLong(frame.connection().generation());
        return writer;
    }

    private void encodeItem(FrameWriter writer, LinkFrame.Item<P> item) {
        int kind = switch (item.body()) {
            case Body.Data<P> data -> item.schema().isPresent() ? DATA_WITH_SCHEMA : DATA;
            case Body.Control<P> control -> CONTROL;
            case Body.Barrier<P> barrier -> BARRIER;
        };
        begin(writer, kind, item);
        writer.putLong(item.sequence());
        writer.putText(item.channel());
        writer.putLong(item.stamp().epoch());
        writer.putLong(item.stamp().version());
        writer.putInt(item.bytes());
        item.schema().ifPresent(writer::putText);
        switch (item.body()) {
            case Body.Data<P>(var payload) -> writer.put(payloads.encode(payload));
            case Body.Control<P>(var payload) -> writer.put(payloads.encode(payload));
            case Body.Barrier<P>(var snapshot, var dataBefore) -> {
                writer.putLong(snapshot);
                writer.putLong(dataBefore);
            }
        }
    }

    private void encodeAck(FrameWriter writer, LinkFrame.Ack<P> ack) {
        begin(writer, ACK, ack);
        writer.putLong(ack.next());
        writer.putLong(ack.gapEnd());
        writer.putLong(ack.fence().epoch());
        writer.putLong(ack.fence().version());
        writer.putLong(ack.refused());
        writer.putInt(ack.credits().size());
        for (var credit : ack.credits()) {
            writer.putText(credit.channel());
            writer.putLong(credit.dataBytes());
            writer.putLong(credit.controlBytes());
        }
    }

    private static int checksum(ByteBuffer bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        return (int) checksum.getValue();
    }

    /**
     * The length of the frame that begins here, its length and checksum included.
     *
     * @param length its first four bytes
     * @throws MalformedFrame when no frame can be so long: none of it has to be read then
     */
    int totalBytes(int length) throws MalformedFrame {
        if (length < 1 || length > maxFrameBytes) {
            throw new MalformedFrame("a frame of " + length + " bytes; one has from 1 to " + maxFrameBytes);
        }
        return HEADER_BYTES + length;
    }

    /**
     * The frame that was encoded.
     *
     * @param bytes exactly those of one frame; read to their end
     * @throws MalformedFrame when they are not
     */
    public LinkFrame<P> decode(ByteBuffer bytes) throws MalformedFrame {
        int available = bytes.remaining();
        if (available < HEADER_BYTES || totalBytes(bytes.getInt(bytes.position())) != available) {
            throw new MalformedFrame("a frame of " + available + " bytes, whose length says otherwise");
        }
        bytes.getInt();
        int expected = bytes.getInt();
        int found = checksum(bytes);
        if (expected != found) {
            throw new MalformedFrame("a frame with checksum " + Integer.toHexString(expected) + " and content of "
                    + Integer.toHexString(found));
        }
        int kind = bytes.get();
        try {
            var fields = new Fields(bytes);
            var frame = decode(kind, fields);
            if (bytes.hasRemaining()) {
                throw new MalformedFrame("a frame of kind " + kind + " with " + bytes.remaining() + " bytes too many");
            }
            return frame;
        } catch (BufferUnderflowException | IllegalArgumentException | CharacterCodingException e) {
            throw new MalformedFrame("a frame of kind " + kind + " that cannot be read", e);
        }
    }

    private LinkFrame<P> decode(int kind, Fields fields) throws MalformedFrame, CharacterCodingException {
        var connection = new Connection(fields.number(), fields.number(), fields.number());
        return switch (kind) {
            case HELLO ->
                new LinkFrame.Hello<>(
                        connection,
                        fields.count(),
                        fields.name(),
                        fields.name(),
                        new LinkFrame.Sizes(fields.count(), fields.count(), fields.count()));
            case WELCOME -> new LinkFrame.Welcome<>(connection, fields.number());
            case DATA, DATA_WITH_SCHEMA, CONTROL, BARRIER ->
                new LinkFrame.Item<>(
                        connection,
                        fields.number(),
                        fields.name(),
                        new Stamp(fields.number(), fields.number()),
                        fields.count(),
                        kind == DATA_WITH_SCHEMA
                                ? Optional.of(fields.text(LinkSettings.MAX_SCHEMA_BYTES))
                                : Optional.empty(),
                        body(kind, fields));
            case ACK ->
                new LinkFrame.Ack<>(
                        connection,
                        fields.number(),
                        fields.number(),
                        new Stamp(fields.number(), fields.number()),
                        fields.number(),
                        credits(fields));
            case PING -> new LinkFrame.Ping<>(connection, fields.number());
            case CLOSE -> new LinkFrame.Close<>(connection, fields.number());
            case CLOSED -> new LinkFrame.Closed<>(connection, fields.number());
            case REFUSED -> new LinkFrame.Refused<>(connection, fields.text(MAX_REASON_BYTES));
            default -> throw new MalformedFrame("a frame of kind " + kind + ", of which there is none");
        };
    }

    private Body<P> body(int kind, Fields fields) {
        return switch (kind) {
            case BARRIER -> new Body.Barrier<>(fields.number(), fields.number());
            case CONTROL -> new Body.Control<>(payloads.decode(fields.rest()));
            default -> new Body.Data<>(payloads.decode(fields.rest()));
        };
    }

    private static List<LinkFrame.Credit> credits(Fields fields) throws CharacterCodingException {
        int count = fields.count();
        if (count > MAX_CREDITS) {
            throw new IllegalArgumentException(count + " credits; at most " + MAX_CREDITS);
        }
        List<LinkFrame.Credit> credits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            credits.add(new LinkFrame.Credit(fields.name(), fields.number(), fields.number()));
        }
        return List.copyOf(credits);
    }

    /** What a frame bears, checked as it is read. */
    private record Fields(ByteBuffer bytes) {
        long number() {
            long number = bytes.getLong();
            if (number < 0) {
                throw new IllegalArgumentException(number + ", which must be at least 0");
            }
            return number;
        }

        int count() {
            int count = bytes.getInt();
            if (count < 0) {
                throw new IllegalArgumentException(count + ", which must be at least 0");
            }
            return count;
        }

        String name() throws CharacterCodingException {
            var name = text(LinkSettings.MAX_NAME_BYTES);
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a name that is empty");
            }
            return name;
        }

        String text(int maxBytes) throws CharacterCodingException {
            int length = count();
            if (length > maxBytes || length > bytes.remaining()) {
                throw new IllegalArgumentException("text of " + length + " bytes, of which " + bytes.remaining()
                        + " are there and at most " + maxBytes + " can be");
            }
            var utf8 = bytes.slice(bytes.position(), length);
            bytes.position(bytes.position() + length);
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        }

        ByteBuffer rest() {
            var rest = bytes.slice();
            bytes.position(bytes.limit());
            return rest.asReadOnlyBuffer();
        }
    }
}
