package dev.gyre.bench.stream.own;

import dev.gyre.stream.api.Aggregate;
import dev.gyre.stream.api.WindowResult;

/** Adds up the counts of panes, in place. */
final class SumOfPanes implements Aggregate<WindowResult<Long>, long[], Long> {
    @Override
    public long[] create() {
        return new long[1];
    }

    @Override
    public long[] add(long[] sum, WindowResult<Long> pane) {
        sum[0] += pane.value();
        return sum;
    }

    @Override
    public long[] merge(long[] earlier, long[] later) {
        earlier[0] += later[0];
        return earlier;
    }

    @Override
    public Long result(long[] sum) {
        return sum[0];
    }
}
