package dev.gyre.bench.raft.peer;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import dev.gyre.bench.raft.Applied;
import dev.gyre.bench.raft.Tally;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@link Tally} as a state machine of SOFAJRaft. */
final class SofaStateMachine extends StateMachineAdapter {
    private static final String FILE = "tally";

    private final Tally tally;

    SofaStateMachine(Tally tally) {
        this.tally = tally;
    }

    @Override
    public void onApply(Iterator operations) {
        for (; operations.hasNext(); operations.next()) {
            tally.apply(operations.getData().duplicate()); // a replicator may read the same buffer
            var done = operations.done();
            if (done != null) {
                done.run(Status.OK());
            }
        }
    }

    @Override
    public void onSnapshotSave(SnapshotWriter writer, Closure done) {
        var applied = tally.snapshot();
        try {
            var bytes =
                    ByteBuffer.allocate(2 * Long.BYTES).putLong(applied.count()).putLong(applied.checksum());
            Files.write(Path.of(writer.getPath(), FILE), bytes.array());
            writer.addFile(FILE);
            done.run(Status.OK());
        } catch (IOException e) {
            done.run(new Status(RaftError.EIO, e.toString()));
        }
    }

    @Override
    public boolean onSnapshotLoad(SnapshotReader reader) {
        try {
            var bytes = ByteBuffer.wrap(Files.readAllBytes(Path.of(reader.getPath(), FILE)));
            tally.install(new Applied(bytes.getLong(), bytes.getLong()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
