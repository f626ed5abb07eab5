package dev.gyre.maelstrom.nemesis;

import java.util.List;

/** What faults act on: the cluster, with its network. */
public interface FaultTarget {
    /** The names of the nodes. */
    List<String> nodes();

    /** Makes {@code dest} deaf to {@code src}, until links are healed. */
    void cut(String src, String dest);

    /** Mends all links. */
    void healLinks();
}
