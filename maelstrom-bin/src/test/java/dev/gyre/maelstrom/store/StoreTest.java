package dev.gyre.maelstrom.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gyre.maelstrom.engine.HistoryEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    private static final ZonedDateTime BEGIN = ZonedDateTime.of(2026, 3, 1, 9, 8, 7, 6_000_000, ZoneId.of("UTC"));

    @TempDir
    private Path store = Path.of("");

    @Test
    void eachRunHasAFolderAndLatestPointsToTheLast() throws Exception {
        var first = StoreFolder.create(store, "echo", BEGIN);
        var second = StoreFolder.create(store, "echo", BEGIN);
        var other = StoreFolder.create(store, "g-set", BEGIN);

        assertThat(first.path()).isNotEqualTo(second.path()).hasParentRaw(store.resolve("echo"));
        assertThat(first.path()).hasFileName("20260301T090807.006+0000");
        assertThat(second.path()).hasFileName("20260301T090807.006+0000-2");
        assertThat(first.resolve("node-logs")).isDirectory();
        assertThat(store.resolve("echo/latest").toRealPath())
                .isEqualTo(second.path().toRealPath());
        assertThat(store.resolve("latest").toRealPath()).isEqualTo(other.path().toRealPath());
        assertThat(Files.readSymbolicLink(store.resolve("latest")).isAbsolute()).isFalse();
    }

    @Test
    void theHistoryIsALineAnEvent() throws Exception {
        var file = store.resolve("history.jsonl");
        HistoryFile.write(
                file,
                List.of(
                        new HistoryEvent(5, HistoryEvent.Type.INVOKE, "3", "add", IntNode.valueOf(1), Optional.empty()),
                        new HistoryEvent(
                                9, HistoryEvent.Type.INFO, "3", "add", IntNode.valueOf(1), Optional.of("0 timeout")),
                        new HistoryEvent(
                                9,
                                HistoryEvent.Type.INFO,
                                "nemesis",
                                "start-partition",
                                TextNode.valueOf("one [n0] | [n1]"),
                                Optional.empty())));

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"index\":0,\"time\":5,\"type\":\"invoke\",\"process\":3,\"f\":\"add\",\"value\":1}",
                        "{\"index\":1,\"time\":9,\"type\":\"info\",\"process\":3,\"f\":\"add\",\"value\":1,"
                                + "\"error\":\"0 timeout\"}",
                        "{\"index\":2,\"time\":9,\"type\":\"info\",\"process\":\"nemesis\",\"f\":\"start-partition\","
                                + "\"value\":\"one [n0] | [n1]\"}");
    }
}
