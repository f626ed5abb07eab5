package dev.gyre.bench.stream.jet;

import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.Inbox;
import dev.gyre.bench.stream.Event;
import dev.gyre.bench.stream.LongTable;
import dev.gyre.bench.stream.Tally;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Sums keys in a table of numbers, and is the sink too: another vertex would be another queue. */
final class SumP extends AbstractProcessor {
    private final LongTable sums = new LongTable();
    private final Tally tally = Tally.open();
    private int index;
    private int partitionCount;
    private int[] partitions = {};

    /** The partition of a key, of so many. */
    static int partition(long key, int count) {
        return (int) (key % count);
    }

    @Override
    protected void init(Context context) {
        index = context.globalProcessorIndex();
        partitions = context.processorPartitions();
        partitionCount = context.hazelcastInstance()
                .getPartitionService()
                .getPartitions()
                .size();
    }

    @Override
    public void process(int ordinal, Inbox inbox) {
        for (var item = inbox.poll(); item != null; item = inbox.poll()) {
            var event = (Event) item;
            tally.sum(event.key(), sums.add(event.key(), event.value()));
        }
    }

    @Override
    public boolean saveToSnapshot() {
        var entries = LongStream.builder();
        sums.forEach((key, sum) -> entries.add(key).add(sum));
        return tryEmitToSnapshot(
                BroadcastKey.broadcastKey(index), entries.build().toArray());
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
        long[] entries = (long[]) value;
        for (int i = 0; i < entries.length; i += 2) {
            if (Arrays.binarySearch(partitions, partition(entries[i], partitionCount)) >= 0) {
                sums.add(entries[i], entries[i + 1]);
            }
        }
    }
}
