package dev.gyre.maelstrom.engine;

/** What a driver moves: it lets time pass, and passes on what nodes do, until this is done. */
public interface Driven {
    /** Begins. */
    void start();

    /** Whether it is over. */
    boolean isDone();

    /** Is told what a node did. */
    void accept(NodeEvent event);
}
