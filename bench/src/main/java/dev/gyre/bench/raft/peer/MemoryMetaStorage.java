package dev.gyre.bench.raft.peer;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.RaftMetaStorageOptions;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;

/** Term and vote of SOFAJRaft, in memory. */
final class MemoryMetaStorage implements RaftMetaStorage {
    private long term;
    private PeerId vote = PeerId.emptyPeer();

    @Override
    public boolean init(RaftMetaStorageOptions options) {
        return true;
    }

    @Override
    public void shutdown() {}

    @Override
    public synchronized boolean setTerm(long newTerm) {
        term = newTerm;
        return true;
    }

    @Override
    public synchronized long getTerm() {
        return term;
    }

    @Override
    public synchronized boolean setVotedFor(PeerId peer) {
        vote = peer;
        return true;
    }

    @Override
    public synchronized PeerId getVotedFor() {
        return vote;
    }

    @Override
    public synchronized boolean setTermAndVotedFor(long newTerm, PeerId peer) {
        term = newTerm;
        vote = peer;
        return true;
    }
}
