package dev.gyre.core.codec;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Writes a message with a {@link PlainRecord} as a line, or gives up and leaves it to Jackson. For one thread. */
final class PlainWriter {
    private static final byte[] SRC = ascii("{\"src\":\"");
    private static final byte[] DEST = ascii("\",\"dest\":\"");
    private static final byte[] TYPE = ascii("\",\"body\":{\"type\":\"");
    private static final byte[] MSG_ID = ascii("\"msg_id\":");
    private static final byte[] IN_REPLY_TO = ascii("\"in_reply_to\":");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] END = ascii("}}\n");

    private final LineBuffer out;

    PlainWriter(LineBuffer out) {
        this.out = out;
    }

    /** Writes the line, or returns false with an unfinished one in the buffer. */
    boolean write(Header header, PayloadType<?> type, PlainRecord plain, Object payload) {
        out.write(SRC);
        boolean isPlain = out.writePlain(header.src());
        out.write(DEST);
        isPlain &= out.writePlain(header.dest());
        out.write(TYPE);
        isPlain &= out.writePlain(type.name());
        out.write('"');
        writeId(MSG_ID, header.msgId());
        writeId(IN_REPLY_TO, header.inReplyTo());
        if (!isPlain) {
            return false;
        }
        try {
            for (int i = 0; i < plain.size(); i++) {
                if (!writeField(plain.name(i), plain.value(payload, i))) {
                    return false;
                }
            }
        } catch (ReflectiveOperationException e) {
            return false; // an accessor that throws: Jackson reports that
        }
        out.write(END);
        return true;
    }

    private void writeId(byte[] key, OptionalLong id) {
        if (id.isPresent()) {
            out.write(',');
            out.write(key);
            out.writeDecimal(id.getAsLong());
        }
    }

    private boolean writeField(byte[] name, Object value) {
        out.write(',');
        out.write('"');
        out.write(name);
        out.write('"');
        out.write(':');
        return switch (value) {
            case String text -> writeText(text);
            case TextNode text -> writeText(text.textValue());
            case OptionalLong number when number.isPresent() -> writeNumber(number.getAsLong());
            case IntNode number -> writeNumber(number.longValue());
            case LongNode number -> writeNumber(number.longValue());
            case Long number -> writeNumber(number);
            case Integer number -> writeNumber(number);
            case Boolean bool -> {
                out.write(bool ? TRUE : FALSE);
                yield true;
            }
            case null, default -> false;
        };
    }

    private boolean writeText(String text) {
        out.write('"');
        boolean isPlain = out.writePlain(text);
        out.write('"');
        return isPlain;
    }

    private boolean writeNumber(long number) {
        out.writeDecimal(number);
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
