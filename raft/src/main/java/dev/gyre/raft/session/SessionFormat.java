package dev.gyre.raft.session;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.zip.CRC32C;

/**
 * Sessions as bytes: magic, version, settings, time, last registration, count; then each session, the least recently used first, with its
 * answers by sequence number; then the CRC32C of all that. All numbers are big-endian.
 */
final class SessionFormat {
    /** The only version so far. */
    static final int VERSION = 1;

    private static final int MAGIC = 0x47795373;
    private static final int HEAD_BYTES = 6 * Integer.BYTES + 3 * Long.BYTES;
    private static final int SESSION_BYTES = 3 * Long.BYTES + Integer.BYTES;

    /** All that there is to store. */
    record Stored(
            SessionSettings settings, long timeNanos, long lastRegistered, SequencedMap<Long, Session> sessions) {}

    private SessionFormat() {}

    static byte[] write(Stored stored) {
        var to = ByteBuffer.allocate(size(stored));
        var settings = stored.settings;
        to.putInt(MAGIC).putInt(VERSION);
        to.putInt(settings.maxSessions()).putInt(settings.window()).putInt(settings.maxAnswerBytes());
        to.putLong(settings.idleTimeoutNanos()).putLong(stored.timeNanos).putLong(stored.lastRegistered);
        to.putInt(stored.sessions.size());
        stored.sessions.forEach((id, session) -> {
            to.putLong(id).putLong(session.lastUsedNanos()).putLong(session.acknowledged());
            to.putInt(session.answers().size());
            session.answers()
                    .forEach((sequence, answer) ->
                            to.putLong(sequence).putInt(answer.length).put(answer));
        });
        to.putInt(crc(to.array(), to.position()));
        return to.array();
    }

    private static int size(Stored stored) {
        long size = HEAD_BYTES + Integer.BYTES;
        for (var session : stored.sessions.values()) {
            size += SESSION_BYTES
                    + session.answerBytes()
                    + (long) SessionSettings.ANSWER_BYTES * session.answers().size();
        }
        return Math.toIntExact(size);
    }

    private static int crc(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static Stored read(byte[] bytes) {
        var from = ByteBuffer.wrap(bytes);
        if (bytes.length < HEAD_BYTES + Integer.BYTES || from.getInt() != MAGIC) {
            throw new IllegalArgumentException("these " + bytes.length + " bytes are no stored sessions");
        }
        int version = from.getInt();
        if (version != VERSION) {
            throw new IllegalArgumentException("stored sessions have version " + version + ", and this program knows"
                    + " version " + VERSION + " alone: use the program that wrote them");
        }
        int end = bytes.length - Integer.BYTES;
        if (crc(bytes, end) != from.getInt(end)) {
            throw damaged("their checksum is wrong");
        }
        try {
            return read(from.limit(end));
        } catch (BufferUnderflowException tooShort) {
            throw damaged("they end too early");
        }
    }

    private static Stored read(ByteBuffer from) {
        var settings = new SessionSettings(from.getInt(), from.getInt(), from.getInt(), from.getLong());
        long timeNanos = from.getLong();
        long lastRegistered = from.getLong();
        int count = from.getInt();
        var sessions = new LinkedHashMap<Long, Session>();
        long lastUsedNanos = 0;
        for (int i = 0; i < count; i++) {
            long id = from.getLong();
            long usedNanos = from.getLong();
            if (id < 1 || id > lastRegistered || usedNanos < lastUsedNanos || usedNanos > timeNanos) {
                throw damaged("session " + id + " cannot be where it is");
            }
            lastUsedNanos = usedNanos;
            var session = session(from, id, usedNanos);
            if (sessions.put(id, session) != null) {
                throw damaged("session " + id + " is there twice");
            }
        }
        if (count < 0 || count > settings.maxSessions() || from.hasRemaining()) {
            throw damaged("they claim to be " + count + " sessions, and " + from.remaining() + " bytes are left");
        }
        return new Stored(settings, timeNanos, lastRegistered, sessions);
    }

    private static Session session(ByteBuffer from, long id, long usedNanos) {
        var session = new Session(usedNanos, from.getLong());
        int count = from.getInt();
        long last = session.acknowledged();
        for (int i = 0; i < count; i++) {
            long sequence = from.getLong();
            int length = from.getInt();
            if (sequence <= last || length < 0 || length > from.remaining()) {
                throw damaged("the answer to request " + sequence + " of session " + id + " cannot be where it is");
            }
            last = sequence;
            var answer = new byte[length];
            from.get(answer);
            session.put(sequence, answer);
        }
        return session;
    }

    private static IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException("stored sessions are damaged: " + what
                + ". Take the snapshot from another replica: add this node to the cluster anew");
    }
}
