package dev.gyre.core.host;

/** Where a {@link LocalHost} runs the syncs of a node that has a folder. */
public enum Syncs {
    /**
     * On the node's own thread, in the step that asks for it: no hand-over, and the promise is complete when it is returned.
     * While the disk works the node does nothing else, so a disk that hangs stops all of it, heartbeats included. What the node
     * has sent before is on its way meanwhile. The best choice where cores are scarce and the disk is quick.
     */
    INLINE,

    /**
     * On a thread of the node's disk: two hand-overs a sync, but the node goes on meanwhile, and takes the end of the sync as an
     * event of its own. The best choice where a sync takes long, and in tests of what happens between its beginning and its end.
     */
    THREAD
}
