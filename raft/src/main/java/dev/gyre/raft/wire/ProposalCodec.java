package dev.gyre.raft.wire;

import dev.gyre.raft.storage.EntryCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Proposals on the disk: the length of the origin's name in a byte, the name, the ticket, the value's bytes. For one thread. */
public final class ProposalCodec<E> implements EntryCodec<Proposal<E>> {
    /** The longest name of a node, in bytes of UTF-8. */
    public static final int MAX_ORIGIN_BYTES = 255;

    /** More nodes than a group has in its log, unless that is damaged. */
    private static final int MAX_SHARED_ORIGINS = 1000;

    private final EntryCodec<E> values;
    private final Map<String, String> origins = new HashMap<>();
    /** Of the origin that was asked for last: proposals of one come in long rows. */
    private String origin = "";

    private byte[] originBytes = {};

    /** @param values the codec of the values */
    public ProposalCodec(EntryCodec<E> values) {
        this.values = values;
    }

    @Override
    public int maxBytes() {
        return Math.addExact(values.maxBytes(), 1 + MAX_ORIGIN_BYTES + Long.BYTES);
    }

    private byte[] bytesOf(String name) {
        if (!name.equals(origin)) {
            origin = name;
            originBytes = name.getBytes(StandardCharsets.UTF_8);
        }
        return originBytes;
    }

    /** One text for all entries that were proposed at a node, and not one for each. */
    private String shared(String name) {
        if (origins.size() >= MAX_SHARED_ORIGINS) {
            origins.clear();
        }
        return origins.computeIfAbsent(name, same -> same);
    }

    @Override
    public int sizeBytes(Proposal<E> proposal) {
        return 1 + bytesOf(proposal.origin()).length + Long.BYTES + proposal.bytes().length;
    }

    @Override
    public void write(Proposal<E> proposal, ByteBuffer into) {
        var name = bytesOf(proposal.origin());
        into.put((byte) name.length).put(name).putLong(proposal.ticket()).put(proposal.bytes());
    }

    @Override
    public byte[] encode(Proposal<E> proposal) {
        var bytes = ByteBuffer.allocate(sizeBytes(proposal));
        write(proposal, bytes);
        return bytes.array();
    }

    @Override
    public Proposal<E> decode(byte[] encoded) {
        return read(ByteBuffer.wrap(encoded));
    }

    /** The proposal; what its value is turns out when that is asked for. */
    @Override
    public Proposal<E> read(ByteBuffer from) {
        int size = from.remaining();
        try {
            var name = new byte[from.get() & 0xff];
            from.get(name);
            long ticket = from.getLong();
            var bytes = new byte[from.remaining()];
            from.get(bytes);
            return Proposal.ofBytes(shared(new String(name, StandardCharsets.UTF_8)), ticket, bytes, values);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("an entry of " + size + " bytes is too short", e);
        }
    }
}
