package dev.gyre.core.host;

import dev.gyre.core.InvariantViolation;
import dev.gyre.core.ServiceFactory;
import dev.gyre.core.StorageException;
import dev.gyre.core.codec.LineDecoder;
import dev.gyre.core.codec.PayloadTypes;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one node on two streams of JSON lines, as Maelstrom does: messages come in on one and leave on the other (Maelstrom,
 * "Protocol").
 *
 * <p>Two threads, and a third once the node has files. One reads, cuts lines and binds payloads; it hands batches over through a bounded {@link Inbox}. The other
 * is the node's: it alone steps the service, writes the output stream, and flushes it whenever nothing waits to be done, so
 * that a burst of messages costs few system calls and a single one is not delayed. The third waits for syncs of the disk. The node's log belongs on neither stream.
 *
 * <p>The node gets its id from an {@code init} message. Messages of peers that come before it are kept; its service is made
 * before {@code init_ok} leaves. The end of the input ends the node, after all that came before it was taken.
 *
 * @param <M> the payloads of the node's service
 * @param <S> its local signals
 */
public final class StdioHost<M, S> {
    /** What {@link #run} returns when the input has ended and all was taken. */
    public static final int EXIT_OK = 0;
    /** What {@link #run} returns when the node could not start, or nobody reads its output any more. */
    public static final int EXIT_FAILED = 1;
    /** What {@link #run} returns when an invariant was broken. */
    public static final int EXIT_BROKEN = 70;
    /** What {@link #run} returns when the node's disk failed it, or holds what it must not use: damaged files, or those of another. */
    public static final int EXIT_DISK = 74;

    /** The longest line that is taken; a longer one is skipped and logged. Far above any sensible message, far below the heap. */
    public static final int MAX_LINE_BYTES = 8 << 20;

    private static final Logger log = LoggerFactory.getLogger(StdioHost.class);

    private final PayloadTypes<M> types;
    private final ServiceFactory<M, S> factory;
    private final List<String> arguments;
    private Optional<Path> data = Optional.empty();

    /**
     * A host for one node.
     *
     * @param payloads the sealed interface of the service's payloads
     * @param factory makes the service
     * @param arguments what the service is to find in {@link dev.gyre.core.NodeContext#arguments}
     * @throws IllegalArgumentException when the payloads are not a sealed interface of records
     */
    public StdioHost(Class<M> payloads, ServiceFactory<M, S> factory, List<String> arguments) {
        this.types = PayloadTypes.of(payloads);
        this.factory = factory;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * Lets the node keep its files in a folder of its own name below this one. Without one its files last as long as the
     * process.
     */
    public StdioHost<M, S> dataIn(Path folder) {
        data = Optional.of(folder);
        return this;
    }

    /**
     * Runs the node on the calling thread until its input ends.
     *
     * @param in where messages come from
     * @param out where messages go, and nothing else
     * @return one of the exit codes above
     */
    public int run(InputStream in, OutputStream out) {
        var decoder = new LineDecoder();
        var inbox = new Inbox();
        var reader = new Thread(new InputPump(in, decoder, inbox), "gyre-reader");
        reader.setDaemon(true);
        reader.start();
        try (var disk = new StdioDisk(data, inbox)) {
            return new StdioNode<>(types, factory, arguments, new StdioPort(out, disk)).run(inbox, decoder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.error("the node's thread was interrupted: it ends");
            return EXIT_FAILED;
        } catch (InvariantViolation e) {
            log.error("a broken invariant: the node stops", e);
            return EXIT_BROKEN;
        } catch (StorageException e) {
            log.error("the node stops, for it cannot use its disk: {}", e.getMessage());
            return EXIT_DISK;
        } finally {
            inbox.close();
        }
    }
}
