package dev.gyre.raft.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plays a scenario: lines of commands, each followed by what happened, indented. Time moves only as commands say.
 *
 * <pre>
 *   node n1 n2 n3            new nodes, the voters of one cluster
 *   node n4 joining          a new node that waits to be added
 *   node n1 n2 logs 1,1,2/1  new nodes, with logs of these terms, one log a node; their terms are the highest there
 *   batch 1                  nodes made from now on send so many bytes in an append, or one entry
 *   campaign n1              n1's election timeout passes
 *   tick n1                  n1's next deadline passes
 *   run n1 5                 five times: tick n1, deliver
 *   deliver [from to]        messages arrive, and what they cause, until none is under way (from the one to the other; * is any)
 *   drop [from to]           messages under way are lost
 *   append n3 n2 2 1@1 5     n2 gets an append without entries from n3, of term 2, behind 1@1, with commit index 5
 *   cut n1 n2 / heal         messages between the two are lost from now on / no more
 *   propose n1 x y           values; read n1 7 a read; transfer n1 n2 leadership; change n1 n1,n2 [n3] voters, learners
 *   disk n1 hold / go        writes take forever / are done
 *   crash n1 / restart n1    all that is not written is lost
 *   snapshot n1              of all that is applied
 *   show                     all nodes
 *   expect n1 LEADER | expect n1 commit 3 | expect n1 log 1,1,2 (terms)
 * </pre>
 */
final class Scenario {
    private static final String INDENT = "    ";
    private static final int MAX_DELIVERIES = 10_000;

    private final TreeMap<String, ScenarioHost> hosts = new TreeMap<>();
    private final List<Message<String>> underWay = new ArrayList<>();
    private final TreeSet<String> cuts = new TreeSet<>();
    private final List<String> transcript = new ArrayList<>();
    private long now;
    private int maxBatchBytes = 1000;

    /** The scenario with what happens now in place of what was recorded. */
    static List<String> play(List<String> lines) {
        var scenario = new Scenario();
        for (var line : lines) {
            if (!line.startsWith(INDENT)) {
                scenario.transcript.add(line);
                if (!line.isBlank() && !line.startsWith("#")) {
                    scenario.carryOut(line);
                }
            }
        }
        return scenario.transcript;
    }

    private void tell(String what) {
        transcript.add(INDENT + what);
    }

    private void carryOut(String line) {
        var words = List.of(line.strip().split(" +"));
        var rest = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "batch" -> maxBatchBytes = Integer.parseInt(rest.getFirst());
            case "node" -> create(rest);
            case "campaign" -> campaign(host(rest.getFirst()));
            case "tick" -> tick(host(rest.getFirst()));
            case "run" -> {
                for (int i = 0; i < Integer.parseInt(rest.get(1)); i++) {
                    tick(host(rest.getFirst()));
                    deliver("*", "*");
                }
            }
            case "deliver" -> deliver(any(rest, 0), any(rest, 1));
            case "drop" -> underWay.removeIf(message -> isBetween(message, any(rest, 0), any(rest, 1)));
            case "append" -> append(rest);
            case "cut" -> cut(rest.get(0), rest.get(1));
            case "heal" -> cuts.clear();
            case "propose" -> step(rest, new Input.Propose<>(rest.subList(1, rest.size())));
            case "read" -> step(rest, new Input.Read<>(Long.parseLong(rest.get(1))));
            case "transfer" -> step(rest, new Input.TransferLeadership<>(rest.get(1)));
            case "change" ->
                step(rest, new Input.ChangeMembership<>(new Membership(names(rest, 1), List.of(), names(rest, 2))));
            case "disk" -> disk(host(rest.getFirst()), rest.get(1));
            case "crash" -> host(rest.getFirst()).crash();
            case "restart" -> host(rest.getFirst()).restart(now);
            case "snapshot" -> {
                var host = host(rest.getFirst());
                host.takeSnapshot(host.core().status().commitIndex(), now);
            }
            case "show" -> hosts.values().forEach(host -> tell(host.summary()));
            case "expect" -> expect(line, rest);
            default -> throw new AssertionError("no such command: " + line);
        }
    }

    private ScenarioHost host(String id) {
        var host = hosts.get(id);
        if (host == null) {
            throw new AssertionError("no such node: " + id);
        }
        return host;
    }

    private void append(List<String> words) {
        var at = words.get(3).split("@", -1);
        var previous = new Position(Long.parseLong(at[0]), Long.parseLong(at[1]));
        underWay.add(new Message.AppendEntries<>(
                words.get(0),
                words.get(1),
                Long.parseLong(words.get(2)),
                previous,
                Long.parseLong(words.get(4)),
                List.of()));
        deliver(words.get(0), words.get(1));
    }

    private static String any(List<String> words, int index) {
        return words.size() > index ? words.get(index) : "*";
    }

    private static List<String> names(List<String> words, int index) {
        return words.size() > index ? Arrays.asList(words.get(index).split(",")) : List.of();
    }

    private void step(List<String> words, Input<String> input) {
        host(words.getFirst()).step(input, now);
    }

    private void create(List<String> words) {
        int logs = words.indexOf("logs");
        boolean isJoining = words.contains("joining");
        var ids = words.stream()
                .takeWhile(word -> !word.equals("logs") && !word.equals("joining"))
                .toList();
        var terms = logs < 0 ? new String[0] : words.get(logs + 1).split("/", -1);
        var membership = isJoining ? Membership.NONE : Membership.of(ids);
        for (int i = 0; i < ids.size(); i++) {
            List<Entry<String>> entries = new ArrayList<>();
            for (var term : i < terms.length && !terms[i].isEmpty() ? terms[i].split(",") : new String[0]) {
                long index = entries.size() + 1L;
                entries.add(new Entry.Data<>(index, Long.parseLong(term), "v" + index, 2));
            }
            var hardState =
                    new HardState(entries.isEmpty() ? 0 : entries.getLast().term(), HardState.NO_VOTE);
            var first = new PersistedState<>(hardState, Snapshot.initial(membership), entries);
            hosts.put(ids.get(i), new ScenarioHost(ids.get(i), first, maxBatchBytes, underWay::add, this::tell));
        }
    }

    private void tick(ScenarioHost host) {
        now = Math.max(now, host.core().nextDeadlineNanos());
        host.step(new Input.Tick<>(), now);
    }

    /** Who finds itself late gives the inbox a chance first. */
    private void campaign(ScenarioHost host) {
        tick(host);
        if (host.core().status().leadership().role() == RoleName.FOLLOWER) {
            tick(host);
        }
    }

    private void cut(String one, String other) {
        cuts.add(one + " " + other);
        cuts.add(other + " " + one);
    }

    private void disk(ScenarioHost host, String how) {
        if (how.equals("hold")) {
            host.holdDisk();
        } else {
            host.releaseDisk(now);
        }
    }

    private static boolean isBetween(Message<String> message, String from, String to) {
        return (from.equals("*") || message.from().equals(from))
                && (to.equals("*") || message.to().equals(to));
    }

    private void deliver(String from, String to) {
        for (int i = 0; i < MAX_DELIVERIES; i++) {
            var message = take(from, to);
            if (message == null) {
                return;
            }
            var host = hosts.get(message.to());
            if (host != null && host.isUp() && !cuts.contains(message.from() + " " + message.to())) {
                host.step(new Input.Received<>(message), now);
            }
        }
        throw new AssertionError("messages go round for ever");
    }

    private @Nullable Message<String> take(String from, String to) {
        for (Iterator<Message<String>> messages = underWay.iterator(); messages.hasNext(); ) {
            var message = messages.next();
            if (isBetween(message, from, to)) {
                messages.remove();
                return message;
            }
        }
        return null;
    }

    private void expect(String line, List<String> words) {
        var host = host(words.getFirst());
        var status = host.core().status();
        String found = switch (words.get(1)) {
            case "commit" -> words.get(1) + " " + status.commitIndex();
            case "log" -> words.get(1) + " " + terms(host);
            default -> status.leadership().role().name();
        };
        if (!line.endsWith(" " + words.getFirst() + " " + found)) {
            throw new AssertionError("\"" + line + "\": found " + found + "\n" + String.join("\n", transcript));
        }
    }

    private static String terms(ScenarioHost host) {
        var log = host.core().node().replica().log();
        List<String> terms = new ArrayList<>();
        for (long i = log.base().index() + 1; i <= log.lastIndex(); i++) {
            terms.add(Long.toString(log.termAt(i)));
        }
        return String.join(",", terms);
    }
}
