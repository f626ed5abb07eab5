package dev.gyre.stream.http;

import com.sun.net.httpserver.HttpServer;
import dev.gyre.stream.LocalJob;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a running job be asked over HTTP: how it stands, and to change.
 *
 * <pre>{@code
 * try (var running = LocalJob.start(job, LocalJob.Settings.workers(1).upTo(4));
 *         var server = JobServer.start(running, 8080)) {
 *     running.awaitComplete();
 * }
 * }</pre>
 *
 * <table>
 * <caption>What may be asked</caption>
 * <tr><th>request<th>answer
 * <tr><td>{@code GET /status}<td>how the job stands: {@link dev.gyre.stream.control.Answer.Standing}
 * <tr><td>{@code POST /snapshot}<td>when a snapshot is committed
 * <tr><td>{@code POST /rescale?workers=4}, {@code POST /rescale?onto=0,2,5}<td>when records flow there
 * <tr><td>{@code POST /suspend}, {@code POST /resume}<td>when the job stands still behind a snapshot, or goes on
 * <tr><td>{@code GET /graph}, {@code GET /graph.svg}<td>the job for a person: text, a drawing
 * </table>
 *
 * <p>Answers are JSON, a {@link dev.gyre.stream.control.Answer} as nodes send it to each other or a {@link Problem}: 200 it is done; 400 the request makes no sense; 403 it comes from a
 * page of another site, or names another host; 404, 405 there is nothing of the kind; 409 the job cannot do it as it stands; 413 it has a body; 500 it was begun and came to nothing; 503
 * too many wait, or nobody decides: ask again; 504 it is not decided yet, and may still be done. A problem says what is wrong and what to do.
 *
 * <p>At the loopback address, unless another is given. There is no encryption, and no password: whoever reaches the address may change the job.
 *
 * <p>For any thread. When it is closed, no thread of it is left, and the job runs on.
 */
public final class JobServer implements AutoCloseable {
    /** How long the job may take to do what is asked: less than the two minutes after which it gives up itself, and can no longer tell "not yet" from "failed". */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private static final Logger log = LoggerFactory.getLogger(JobServer.class);

    private final HttpServer http;
    private final InetSocketAddress bound;
    private final ServerThreads threads = new ServerThreads();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private JobServer(LocalJob running, InetSocketAddress address, Duration patience) throws IOException {
        try {
            http = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new IOException(
                    "job \"" + running.job().name() + "\" cannot be served at " + address + ": " + e.getMessage()
                            + "; choose another port (0: any that is free) or address",
                    e);
        }
        bound = http.getAddress();
        http.createContext("/", new Routes(running, new Guard(address.getHostString()), patience));
        http.setExecutor(threads);
        http.start();
        if (!bound.getAddress().isLoopbackAddress()) {
            log.warn(
                    "job \"{}\" can be changed by whoever reaches {}: there is no encryption and no password",
                    running.job().name(),
                    uri());
        }
    }

    /**
     * Serves a job at the loopback address.
     *
     * @param port 0: any that is free
     * @throws IOException when the port is taken; says so
     */
    public static JobServer start(LocalJob running, int port) throws IOException {
        return start(running, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Serves a job at an address of this machine.
     *
     * @param address with the name by which others know it, if they are to use one; port 0: any that is free
     * @throws IOException when it is taken, or is not this machine's; says so
     */
    public static JobServer start(LocalJob running, InetSocketAddress address) throws IOException {
        return start(running, address, PATIENCE);
    }

    /**
     * Serves a job at an address of this machine.
     *
     * @param address as in {@link #start(LocalJob, InetSocketAddress)}
     * @param patience how long a request waits for the job before 504 is answered, above zero and below two minutes
     * @throws IOException as there
     */
    public static JobServer start(LocalJob running, InetSocketAddress address, Duration patience) throws IOException {
        return new JobServer(running, address, patience);
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return bound;
    }

    /** The port that is listened to. */
    public int port() {
        return bound.getPort();
    }

    /** Where the job can be asked, from this machine: with the number of the address, not a name. */
    public URI uri() {
        var reached = bound.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound.getAddress();
        try {
            return new URI("http", null, reached.getHostAddress(), port(), null, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("an address that is no host: " + reached, e);
        }
    }

    /** Answers nobody any more, and lets go of the port. Requests that wait are cut off; what they have asked for may still be done. */
    @Override
    public void close() {
        if (!isClosed.getAndSet(true)) {
            http.stop(0);
            threads.close();
        }
    }
}
