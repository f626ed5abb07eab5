package dev.gyre.stream.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.MutantHunt;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulation of replicated snapshots finds mistakes: each is compiled into one class, and that class takes the place of the right one. */
class StoreMutantsTest {
    private static final int SEEDS = 40;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            ObjectTable         ¦ if (object.counted() > maxBytes - counted) {                 ¦ if (false) {
            ObjectTable         ¦ return there != null && there.put() == put && delete(name);  ¦ return false;
            ObjectTable         ¦ counted -= object == null ? 0 : object.counted();            ¦
            ObjectTable         ¦ sealed.clear();                                              ¦
            ObjectTable         ¦ open.clear();                                                ¦
            ObjectTable         ¦ return object.add(number, piece)                             ¦ sealed.put(object.name(), object); return object.add(number, piece)
            ReplicatedObject    ¦ piece.from() + skip,                                         ¦ piece.from(),
            ObjectImage         ¦ into.restore(sealed, open, fence);                           ¦ into.restore(sealed, List.of(), fence);
            OngoingPut          ¦ if (left == 0 && underWay == 0) {                            ¦ if (left == 0) {
            OngoingPut          ¦ put = how.put; // it may be there, or come yet               ¦
            OngoingPut          ¦ onAbandoned.accept(put);                                     ¦
            ReplicatedSnapshots ¦ var confirmed = part.raft.read();                           ¦ var confirmed = Promise.<Long>of(Outcomes.ok(0L));
            ReplicatedSnapshots ¦ leads && isSilent                                            ¦ false
            ReplicatedSnapshots ¦ done(entry, new Outcome.Unknown<>(new RpcError(ErrorCode.TIMEOUT, reason))); ¦ done(entry, Outcomes.failed(ErrorCode.ABORT, reason));
            ReplicatedSnapshots ¦ abandoned.forEach(this::drop);                               ¦
            """)
    void mistakeIsFound(String file, String code, @Nullable String bug) throws Exception {
        assertThat(hunt(file, code, bug == null ? "" : bug))
                .as("%s becomes %s", code, bug)
                .startsWith("seed ");
    }

    /** Else any failure of the harness would pass for a mistake that was found. */
    @Test
    void nothingIsFoundWhereThereIsNoMistake() throws Exception {
        assertThat(hunt("ObjectTable", "sealed.clear();", "sealed.clear(); /* as it is */"))
                .isEmpty();
    }

    private String hunt(String file, String code, String bug) throws Exception {
        var mutant = new MutantHunt.Mutant(bug, "snapshot/" + file, code, bug);
        return new MutantHunt(folder).hunt(mutant, "snapshot.StoreRun", SEEDS);
    }
}
