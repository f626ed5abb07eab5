package dev.gyre.stream.worker;

import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Records;
import java.util.ArrayList;
import java.util.List;

/** Frames whose batch is too large for one item of a link. */
final class Batches {
    private Batches() {}

    /** The frame as several of at most so many records each, order kept; itself, when it has no more or no records. */
    static List<Frame> split(Frame frame, int records) {
        if (!(frame instanceof Frame.Channel(var generation, var edge, Item item))
                || !(item instanceof Records all)
                || all.size() <= records) {
            return List.of(frame);
        }
        var batch = all.asObjects();
        List<Frame> parts = new ArrayList<>();
        for (int from = 0; from < batch.size(); from += records) {
            var part = new Batch(Math.min(records, batch.size() - from));
            for (int i = from; i < batch.size() && i < from + records; i++) {
                part.add(batch.keys[i], batch.hashes[i], batch.values[i], batch.times[i]);
            }
            parts.add(new Frame.Channel(generation, edge, part));
        }
        return parts;
    }

    /** The frame as two of about the same size; itself, when it has fewer than two records. */
    static List<Frame> halves(Frame frame) {
        int size = frame instanceof Frame.Channel(var generation, var edge, Records records) ? records.size() : 0;
        return size < 2 ? List.of(frame) : split(frame, (size + 1) / 2);
    }
}
