package dev.gyre.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.MutantHunt.Mutant;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulation of core's links finds mistakes. It is here since the hunt is; core's tests have none. */
class LinkMutantsTest {
    /** Each is found by one of the first 70 seeds. */
    private static final int SEEDS = 300;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            OutLink    ¦ nextToSend = next;                                        ¦
            OutLink    ¦ `                outbox.restarted(itsIncarnation);`       ¦
            Outbox     ¦ lostEpoch = Math.max(lostEpoch, highestEpoch);            ¦
            Outbox     ¦ retained.clear();                                         ¦
            Outbox     ¦ return bytes <= channel.credit(isData) && bytes <= room;  ¦ return bytes <= channel.credit(isData);
            Outbox     ¦ return bytes <= channel.credit(isData) && bytes <= room;  ¦ return bytes <= room;
            OutChannel ¦ dataLimit = Math.max(dataLimit, credit.dataBytes());      ¦ dataLimit += credit.dataBytes();
            Retained   ¦ first() < before                                          ¦ first() <= before
            InLink     ¦ } else if (item.sequence() == next) {                     ¦ } else {
            InLink     ¦ Optional.ofNullable(early.remove(next))                   ¦ Optional.ofNullable(early.pollFirstEntry()).map(java.util.Map.Entry::getValue)
            InLink     ¦ isConnected && its.equals(connection())                   ¦ isConnected && its.generation() == generation
            InLink     ¦ ack(end > next ? end : 0, true);                          ¦ ack(end > next ? end : 0, false);
            InLink     ¦ new Inbox<>(context, peer, incarnation, lostEpoch)        ¦ new Inbox<>(context, peer, incarnation, -1)
            Inbox      ¦ channel.refusedEpoch = Math.max(channel.refusedEpoch, epoch); ¦
            Inbox      ¦ channel.queue.clear();                                    ¦
            InChannel  ¦ dataConsumed += bytes;                                    ¦ controlConsumed += bytes;
            """)
    void mistakeIsFound(String file, String code, @Nullable String bug) throws Exception {
        assertThat(hunt(file, code, bug == null ? "" : bug))
                .as("%s becomes %s", code, bug)
                .startsWith("seed ");
    }

    /** Else any failure of the harness would pass for a mistake that was found. */
    @Test
    void nothingIsFoundWhereThereIsNoMistake() throws Exception {
        assertThat(hunt("OutLink", "nextToSend = next;", "nextToSend = next /* as it is */;"))
                .isEmpty();
    }

    private String hunt(String file, String code, String bug) throws Exception {
        return MutantHunt.ofCore(folder, "link").hunt(new Mutant(bug, file, code, bug), "LinkSweep", SEEDS);
    }
}
