package dev.gyre.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** C12: {@code -Dlink.seed=S -Dlink.seeds=1} replays a seed that failed. */
class LinkSweepTest {
    private static final long FIRST = Long.getLong("link.seed", 0);
    private static final long SEEDS = Long.getLong("link.seeds", 10_000);
    private static final long PARTS = Math.min(SEEDS, 50);

    @Test
    void c12EveryAcceptedRecordIsDeliveredOnceAndInOrderWhereverConnectionsAreCut() {
        var failures = LongStream.range(0, PARTS)
                .parallel()
                .mapToObj(part ->
                        LinkSweep.firstFailure(FIRST + SEEDS * part / PARTS, FIRST + SEEDS * (part + 1) / PARTS))
                .filter(failure -> !failure.isEmpty());
        assertThat(failures).isEmpty();
    }

    @Test
    void sameSeedSendsTheSameFrames() {
        long all = 0;
        for (long seed = 0; seed < 50; seed++) {
            long frames = new LinkRun(seed).run();
            assertThat(frames).isEqualTo(new LinkRun(seed).run());
            all += frames;
        }
        assertThat(all).isGreaterThan(10_000);
    }
}
