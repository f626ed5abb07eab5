package dev.gyre.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files that last as long as the process: for nodes that were given no disk. A sync is done at once. Not for more than one thread. */
public final class MemoryStorage implements Storage {
    private final SortedMap<String, Content> files = new TreeMap<>();

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public StorageFile open(String name) {
        return new OpenFile(name, files.computeIfAbsent(Storage.checkName(name), absent -> new Content()));
    }

    @Override
    public void rename(String from, String to) {
        Storage.checkName(to);
        files.put(to, removed(from));
    }

    @Override
    public void delete(String name) {
        removed(name);
    }

    private Content removed(String name) {
        var content = files.remove(name);
        if (content == null) {
            throw new IllegalArgumentException("there is no file \"" + name + "\", only " + files.keySet());
        }
        return content;
    }

    @Override
    public Promise<Synced> sync() {
        return Promise.of(new Outcome.Ok<>(new Synced()));
    }

    private static final class Content {
        private byte[] bytes = new byte[0];
        private int size;
    }

    private record OpenFile(String name, Content content) implements StorageFile {
        @Override
        public long size() {
            return content.size;
        }

        @Override
        public void write(long position, ByteBuffer from) {
            checkRange(position);
            int end = Math.addExact((int) position, from.remaining());
            if (end > content.bytes.length) {
                content.bytes = Arrays.copyOf(content.bytes, Math.max(end, 2 * content.bytes.length));
            }
            from.get(content.bytes, (int) position, from.remaining());
            content.size = Math.max(content.size, end);
        }

        @Override
        public int read(long position, ByteBuffer into) {
            int count = (int) Math.max(0, Math.min(into.remaining(), content.size - position));
            into.put(content.bytes, (int) Math.min(position, content.size), count);
            return count;
        }

        @Override
        public void truncate(long size) {
            checkRange(size);
            content.size = (int) size;
        }

        private void checkRange(long position) {
            if (position < 0 || position > content.size) {
                throw new IllegalArgumentException(
                        position + " is beyond file " + name + ", which has " + content.size + " bytes");
            }
        }

        @Override
        public Promise<Synced> sync() {
            return Promise.of(new Outcome.Ok<>(new Synced()));
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
