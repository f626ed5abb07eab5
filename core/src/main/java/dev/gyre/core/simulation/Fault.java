package dev.gyre.core.simulation;

import java.time.Duration;
import java.util.List;

/** One thing that goes wrong, or is mended, at one moment. */
public sealed interface Fault {
    /**
     * Nodes of different groups do not hear each other. A node that is in no group hears nobody, nor is heard.
     *
     * @param groups groups of node ids that share none
     */
    record Partition(List<List<String>> groups) implements Fault {}

    /** The partition is over. */
    record HealPartition() implements Fault {}

    /** One node does not hear another, though the other may hear it. */
    record OneWayCut(String src, String dest) implements Fault {}

    /** A node hears another again. */
    record HealOneWayCut(String src, String dest) implements Fault {}

    /** Messages from one node to another take longer by a factor; 1 is right. */
    record SlowLink(String src, String dest, double factor) implements Fault {}

    /** Messages from one node to another are held up: they arrive when the link is unclogged. */
    record ClogLink(String src, String dest) implements Fault {}

    /** What was held up arrives. */
    record UnclogLink(String src, String dest) implements Fault {}

    /** All links are mended. */
    record HealLinks() implements Fault {}

    /** Messages between nodes are lost with a probability from 0 to 1; 0 ends it. */
    record Loss(double probability) implements Fault {}

    /** Messages between nodes arrive twice with a probability from 0 to 1; 0 ends it. */
    record Duplication(double probability) implements Fault {}

    /**
     * A node ends without a word, as when the power goes: its memory, its timers and what is addressed to it are gone, and of
     * what it has not synced its disk may keep all, nothing, or any part.
     */
    record Crash(String node) implements Fault {}

    /** A crashed node starts again. Nothing happens to one that runs. */
    record Restart(String node) implements Fault {}

    /** A node stands still: messages wait for it, its timers fire late. */
    record Pause(String node) implements Fault {}

    /** A node that stood still goes on. */
    record Resume(String node) implements Fault {}

    /**
     * A node's clock jumps and runs at another rate from now on. It never goes backwards: a jump back holds it still.
     *
     * @param jump how far it jumps forward
     * @param rate how fast it runs, above 0; 1 is right
     */
    record Clock(String node, Duration jump, double rate) implements Fault {}

    /** Syncs of a node's disk take longer by a factor; 1 is right, and a very large one is a disk that hangs. */
    record SlowDisk(String node, double factor) implements Fault {}

    /** Nothing more fits on a node's disk. */
    record FullDisk(String node) implements Fault {}

    /** Syncs of a node's disk fail. */
    record FailingDisk(String node) implements Fault {}

    /** A node's disk has room, is fast, and syncs. What it has lost stays lost. */
    record MendDisk(String node) implements Fault {}

    /**
     * A bit of a node's disk flips.
     *
     * @param where which: the part, from 0 to 1, of all its durable bytes that lies before it
     */
    record FlippedBit(String node, double where) implements Fault {}
}
