package dev.gyre.maelstrom.engine;

import dev.gyre.core.simulation.Letter;
import dev.gyre.core.simulation.SimulatedNetwork;

/**
 * Counts messages as a run's results show them: those with a client at either end, and those between servers, which are nodes
 * and services.
 */
public final class NetworkCounts {
    private long clientsSent;
    private long clientsReceived;
    private long serversSent;
    private long serversReceived;

    /**
     * Counts of a group of messages.
     *
     * @param sent how many were sent; each is a message of its own, however often it is received
     * @param received how many times one was received
     */
    public record Tally(long sent, long received) {}

    /** Counts a message that was sent. */
    public void sent(Letter letter) {
        boolean client = isClients(letter);
        clientsSent += client ? 1 : 0;
        serversSent += client ? 0 : 1;
    }

    /** Counts a message that arrived. */
    public void received(Letter letter) {
        boolean client = isClients(letter);
        clientsReceived += client ? 1 : 0;
        serversReceived += client ? 0 : 1;
    }

    private static boolean isClients(Letter letter) {
        return SimulatedNetwork.isClient(letter.src()) || SimulatedNetwork.isClient(letter.dest());
    }

    /** Messages from or to clients. */
    public Tally clients() {
        return new Tally(clientsSent, clientsReceived);
    }

    /** Messages among nodes and services. */
    public Tally servers() {
        return new Tally(serversSent, serversReceived);
    }

    /** All messages. */
    public Tally all() {
        return new Tally(clientsSent + serversSent, clientsReceived + serversReceived);
    }
}
