package dev.gyre.raft.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A host for scenarios: its disk is done at once unless it is held, and it tells what happens in words. */
final class ScenarioHost {
    private record Held(long afterToken, Message<String> message) {}

    private static final int CHUNK_BYTES = 8;

    private final String id;
    private final int maxBatchBytes;
    private final Consumer<Message<String>> network;
    private final Consumer<String> teller;
    private final ArrayDeque<Write<String>> writes = new ArrayDeque<>();
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private HardState hardState;
    private Snapshot snapshot;
    private List<Entry<String>> log;
    private String content = "";
    private String state = "";
    private byte[] incoming = {};
    private RaftCore<String> core;
    private boolean isDiskHeld;
    private boolean isUp = true;
    private long durableToken;

    ScenarioHost(
            String id,
            PersistedState<String> first,
            int maxBatchBytes,
            Consumer<Message<String>> network,
            Consumer<String> teller) {
        this.id = id;
        this.maxBatchBytes = maxBatchBytes;
        this.network = network;
        this.teller = teller;
        this.hardState = first.hardState();
        this.snapshot = first.snapshot();
        this.log = new ArrayList<>(first.entries());
        this.core = start(0);
    }

    private RaftCore<String> start(long now) {
        var settings = new RaftSettings(
                Timing.defaults(),
                new Limits(1000, maxBatchBytes, 8, 10_000, 10_000, 10),
                new Compaction(1_000_000, 0, CHUNK_BYTES),
                OptionalDouble.empty());
        long covered = snapshot.last().index();
        var kept = log.stream().filter(entry -> entry.index() > covered).toList();
        state = content;
        return new RaftCore<>(
                id,
                settings,
                String::length,
                new SplittableRandom(id.hashCode()),
                new PersistedState<>(hardState, snapshot, kept),
                now);
    }

    RaftCore<String> core() {
        return core;
    }

    boolean isUp() {
        return isUp;
    }

    void crash() {
        isUp = false;
        writes.clear();
        held.clear();
    }

    void restart(long now) {
        isUp = true;
        isDiskHeld = false;
        durableToken = 0;
        core = start(now);
    }

    void holdDisk() {
        isDiskHeld = true;
    }

    void releaseDisk(long now) {
        isDiskHeld = false;
        work(now);
    }

    void takeSnapshot(long index, long now) {
        content = state;
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        snapshot = core.snapshotAt(index).withContent(bytes.length, SnapshotChunk.checksum(bytes));
        step(new Input.SnapshotTaken<>(snapshot), now);
    }

    void step(Input<String> input, long now) {
        var output = core.step(input, now);
        output.answer().ifPresent(answer -> tell(answer.toString()));
        output.send().forEach(this::send);
        output.chunks().forEach(this::sendChunk);
        output.write().ifPresent(writes::add);
        output.sendWhenDurable().forEach(message -> held.add(new Held(output.afterToken(), message)));
        output.restore().ifPresent(restored -> {
            state = content;
            tell("restores " + restored.last() + " \"" + state + "\"");
        });
        output.committed().forEach(entry -> {
            state += entry instanceof Entry.Data<String> data ? data.value() : "";
            tell("applies " + ScenarioText.entry(entry));
        });
        output.reads().forEach(outcome -> tell(outcome.toString()));
        output.notices().forEach(notice -> tell(ScenarioText.notice(notice)));
        release();
        work(now);
    }

    private void tell(String what) {
        teller.accept(id + " " + what);
    }

    private void work(long now) {
        while (!isDiskHeld && !writes.isEmpty()) {
            var write = writes.removeFirst();
            write.hardState().ifPresent(kept -> hardState = kept);
            write.chunk().ifPresent(chunk -> {
                incoming = Arrays.copyOf(incoming, (int) chunk.offset() + chunk.bytes().length);
                System.arraycopy(chunk.bytes(), 0, incoming, (int) chunk.offset(), chunk.bytes().length);
            });
            write.installed().ifPresent(installed -> {
                snapshot = installed;
                content = new String(incoming, StandardCharsets.UTF_8);
                log = new ArrayList<>();
            });
            if (write.truncateFrom() != 0) {
                log.removeIf(entry -> entry.index() >= write.truncateFrom());
            }
            log.addAll(write.entries());
            durableToken = write.token();
            release();
            step(new Input.Persisted<>(durableToken), now);
        }
    }

    private void release() {
        while (!held.isEmpty() && held.getFirst().afterToken <= durableToken) {
            send(held.removeFirst().message);
        }
    }

    private void sendChunk(ChunkToSend chunk) {
        var bytes = content.getBytes(StandardCharsets.UTF_8);
        int from = (int) chunk.offset();
        send(chunk.with(Arrays.copyOfRange(bytes, from, from + chunk.lengthBytes())));
    }

    private void send(Message<String> message) {
        teller.accept(ScenarioText.message(message));
        network.accept(message);
    }

    /** Role, term, commit index and log in one line. */
    String summary() {
        var status = core.status();
        var text = new StringBuilder(id + " " + (isUp ? status.leadership().role() : "DOWN") + " term "
                + status.leadership().term() + " commit " + status.commitIndex() + " log");
        var entries = core.node().replica().log();
        text.append(entries.base().index() > 0 ? " ..." + entries.base() : "");
        for (long i = entries.base().index() + 1; i <= entries.lastIndex(); i++) {
            text.append(' ').append(ScenarioText.entry(entries.entryAt(i)));
        }
        return text.toString();
    }
}
