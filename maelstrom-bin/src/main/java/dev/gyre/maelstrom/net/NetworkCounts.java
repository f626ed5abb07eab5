package dev.gyre.maelstrom.net;

import dev.gyre.maelstrom.journal.JournalEntry;
import dev.gyre.maelstrom.journal.JournalEntry.Received;
import dev.gyre.maelstrom.journal.JournalEntry.Sent;
import java.util.function.Consumer;

/**
 * Counts messages as a run's results show them: those with a client at either end, and those between servers, which are nodes
 * and services.
 */
public final class NetworkCounts implements Consumer<JournalEntry> {
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

    @Override
    public void accept(JournalEntry entry) {
        boolean client = Network.isClient(entry.src()) || Network.isClient(entry.dest());
        if (entry instanceof Sent) {
            clientsSent += client ? 1 : 0;
            serversSent += client ? 0 : 1;
        } else if (entry instanceof Received) {
            clientsReceived += client ? 1 : 0;
            serversReceived += client ? 0 : 1;
        }
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
