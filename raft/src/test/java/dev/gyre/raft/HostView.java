package dev.gyre.raft;

/** A group at one node in one life, as the service around it sees it. */
final class HostView {
    final String node;
    final int life;
    /** The last entry that it was told of, or that is in the state it restored. */
    long index;

    /** A digest of all entries up to there. */
    long state;

    int openReads;

    HostView(String node, int life) {
        this.node = node;
        this.life = life;
    }

    @Override
    public String toString() {
        return node + "." + life;
    }
}
