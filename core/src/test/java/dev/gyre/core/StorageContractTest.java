package dev.gyre.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.host.DirectoryStorage;
import dev.gyre.core.simulation.DiskSupport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every storage does, whoever keeps the bytes. */
class StorageContractTest {
    @TempDir
    static Path folder;

    private static int folders;

    static Stream<Arguments> storages() {
        return Stream.of(
                storage("memory", MemoryStorage::new),
                storage(
                        "directory",
                        () -> new DirectoryStorage(folder.resolve("n" + folders++), Runnable::run, Runnable::run)),
                storage("simulated", DiskSupport::soundDisk));
    }

    private static Arguments storage(String name, Supplier<Storage> made) {
        return Arguments.argumentSet(name, made.get());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(StorageFile file) {
        var buffer = ByteBuffer.allocate((int) file.size() + 10);
        int count = file.read(0, buffer);
        assertThat(count).isEqualTo((int) file.size()).isEqualTo(buffer.position());
        return new String(buffer.array(), 0, count, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("storages")
    void whatIsWrittenIsReadBack(Storage storage) {
        var file = storage.open("log-1");
        file.append(bytes("hello "));
        file.append(bytes("world"));
        file.write(6, bytes("W"));
        assertThat(text(file)).isEqualTo("hello World");
        assertThat(text(storage.open("log-1"))).isEqualTo("hello World");
        file.truncate(5);
        assertThat(text(file)).isEqualTo("hello");
        file.append(bytes("!"));
        assertThat(text(file)).isEqualTo("hello!");
        assertThat(file.name()).isEqualTo("log-1");
        file.close();
    }

    @ParameterizedTest
    @MethodSource("storages")
    void readsStopAtTheEnd(Storage storage) {
        var file = storage.open("f");
        file.append(bytes("abc"));
        var two = ByteBuffer.allocate(2);
        assertThat(file.read(1, two)).isEqualTo(2);
        assertThat(two.array()).containsExactly('b', 'c');
        assertThat(file.read(3, ByteBuffer.allocate(1))).isZero();
        assertThat(file.read(99, ByteBuffer.allocate(1))).isZero();
    }

    @ParameterizedTest
    @MethodSource("storages")
    void filesAreListedRenamedOverOthersAndDeleted(Storage storage) {
        storage.open("b").append(bytes("new"));
        storage.open("a").append(bytes("old"));
        storage.open("c");
        assertThat(storage.list()).containsExactly("a", "b", "c");
        storage.rename("b", "a");
        storage.delete("c");
        assertThat(storage.list()).containsExactly("a");
        assertThat(text(storage.open("a"))).isEqualTo("new");
    }

    @ParameterizedTest
    @MethodSource("storages")
    void syncsEnd(Storage storage) {
        var file = storage.open("f");
        file.append(bytes("x"));
        var contents = file.sync();
        var names = storage.sync();
        DiskSupport.passTime();
        assertThat(contents.outcome()).isEqualTo(new Outcome.Ok<>(new Storage.Synced()));
        assertThat(names.outcome()).isEqualTo(new Outcome.Ok<>(new Storage.Synced()));
    }

    @ParameterizedTest
    @MethodSource("storages")
    void whatMakesNoSenseIsRefused(Storage storage) {
        var file = storage.open("f");
        file.append(bytes("abc"));
        assertThatThrownBy(() -> file.write(4, bytes("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> file.truncate(4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.open("../up"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"../up\" is no file name");
        assertThatThrownBy(() -> storage.open(".lock")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> storage.delete("g"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no file \"g\"");
        assertThatThrownBy(() -> storage.rename("g", "h")).isInstanceOf(IllegalArgumentException.class);
    }
}
