package dev.gyre.stream.worker;

import dev.gyre.core.link.Payloads;
import dev.gyre.stream.exchange.Records;
import java.util.List;

/** What links have to know of frames that pass by reference: nobody can tell how much memory their objects take, so records are counted. */
final class EstimatedFrames implements Payloads<Frame> {
    /** A key, a value, a hash and a time of moderate size. */
    static final int BYTES_A_RECORD = 64;

    /** Of all that is no batch. A state that is handed over may be changed by its new owner, so its size is not looked at: it would not stay the same. */
    static final int BYTES_OF_OTHERS = 128;

    @Override
    public int sizeBytes(Frame frame) {
        return frame instanceof Frame.Channel(var generation, var edge, Records records)
                ? records.size() * BYTES_A_RECORD
                : BYTES_OF_OTHERS;
    }

    /** None: objects know their types. */
    @Override
    public String schema(Frame frame) {
        return "";
    }

    @Override
    public List<Frame> split(Frame frame, int maxBytes) {
        int most = maxBytes / BYTES_A_RECORD;
        return most == 0 ? List.of(frame) : Batches.split(frame, most);
    }
}
