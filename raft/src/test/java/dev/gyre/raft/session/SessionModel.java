package dev.gyre.raft.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sessions as one would tell them: nothing is fast, and everything that ever happened is kept. */
final class SessionModel {
    /** All that was ever known of a client. */
    private static final class Client {
        private final Map<Long, String> everApplied = new TreeMap<>();
        private long acknowledged;
        private long usedNanos;
        private long usedAtStep;
        private boolean isOpen = true;
    }

    private final Map<Long, Client> clients = new TreeMap<>();
    private SessionSettings settings;
    private long timeNanos;
    private long step;

    SessionModel(SessionSettings settings) {
        this.settings = settings;
    }

    private List<Map.Entry<Long, Client>> open() {
        return clients.entrySet().stream()
                .filter(client -> client.getValue().isOpen)
                .sorted(Comparator.comparingLong(client -> client.getValue().usedAtStep))
                .toList();
    }

    private List<Long> expire() {
        List<Long> expired = new ArrayList<>();
        for (var client : open()) {
            if (timeNanos - client.getValue().usedNanos > settings.idleTimeoutNanos()) {
                expired.add(client.getKey());
                client.getValue().isOpen = false;
            }
        }
        var left = open();
        for (int i = 0; i < left.size() - settings.maxSessions(); i++) {
            expired.add(left.get(i).getKey());
            left.get(i).getValue().isOpen = false;
        }
        return expired;
    }

    private void use(Client client) {
        client.usedAtStep = ++step;
        client.usedNanos = timeNanos;
    }

    private Client client(long session) {
        var found = clients.get(session);
        var none = new Client();
        none.isOpen = false;
        return found == null ? none : found;
    }

    List<Long> advanceTo(long newTimeNanos) {
        timeNanos = Math.max(timeNanos, newTimeNanos);
        return expire();
    }

    List<Long> register(long index) {
        var client = new Client();
        use(client);
        clients.put(index, client);
        return expire();
    }

    List<Long> reconfigure(SessionSettings newSettings) {
        settings = newSettings;
        return expire();
    }

    boolean keepAlive(long session) {
        var client = client(session);
        use(client);
        return client.isOpen;
    }

    boolean close(long session) {
        var client = client(session);
        boolean wasOpen = client.isOpen;
        client.isOpen = false;
        return wasOpen;
    }

    SessionOutcome<String> apply(SessionRequest request, String answer) {
        var client = client(request.session());
        if (!client.isOpen) {
            return new SessionOutcome.Expired<>();
        }
        use(client);
        client.acknowledged = Math.max(client.acknowledged, request.acknowledged());
        if (request.sequence() <= client.acknowledged) {
            return new SessionOutcome.Forgotten<>();
        }
        var first = client.everApplied.get(request.sequence());
        if (first != null) {
            return new SessionOutcome.Repeated<>(first);
        }
        long keptBytes = client.everApplied.entrySet().stream()
                .filter(applied -> applied.getKey() > client.acknowledged)
                .mapToLong(applied -> applied.getValue().length())
                .sum();
        if (request.sequence() > client.acknowledged + settings.window() || keptBytes >= settings.maxAnswerBytes()) {
            return new SessionOutcome.Full<>(client.acknowledged);
        }
        client.everApplied.put(request.sequence(), answer);
        return new SessionOutcome.Applied<>(answer);
    }

    int size() {
        return open().size();
    }

    /** A session, most often an open one; rarely one that never was. */
    long anySession(long lot) {
        var all = lot % 7 == 0
                ? List.copyOf(clients.keySet())
                : open().stream().map(Map.Entry::getKey).toList();
        return all.isEmpty() || lot % 50 == 0 ? 1 + lot % 1000 : all.get((int) (lot % all.size()));
    }

    long acknowledged(long session) {
        return client(session).acknowledged;
    }
}
