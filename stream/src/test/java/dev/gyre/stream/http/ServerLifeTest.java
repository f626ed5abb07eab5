package dev.gyre.stream.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a server listens, and what is left of it. */
@Timeout(60)
class ServerLifeTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String STATUS = "GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static Set<Thread> threads() {
        return new LinkedHashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** By its threads' names: those of the job, of the JVM and of other tests come and go as they like. */
    private static boolean isServers(Thread thread) {
        var name = thread.getName();
        return name.startsWith(ServerThreads.NAME_PREFIX)
                || name.equals("HTTP-Dispatcher")
                || name.equals("idle-timeout-task")
                || name.equals("server-timer");
    }

    @Test
    void closedServerLeavesNoThreadAndTheJobRunsOn() throws Exception {
        var before = threads();
        try (var job = ServedJob.start()) {
            assertThat(job.raw(STATUS)).startsWith("HTTP/1.1 200 ");
            var own = threads();
            own.removeAll(before);
            own.removeIf(thread -> !isServers(thread));
            assertThat(own).as("dispatcher, timer, and whose request it was").hasSizeGreaterThanOrEqualTo(3);

            job.server().close();

            assertThat(own)
                    .filteredOn(thread -> thread.getName().startsWith(ServerThreads.NAME_PREFIX))
                    .noneMatch(Thread::isAlive);
            for (var thread : own) {
                thread.join(10_000); // the JDK does not wait for its timer
            }
            assertThat(own).noneMatch(Thread::isAlive);
            assertThatThrownBy(() -> job.raw(STATUS)).isInstanceOf(ConnectException.class);
            job.endsExactly();
        }
    }

    @Test
    void requestThatWaitsIsCutOffWhenTheServerIsClosed() throws Exception {
        try (var job = ServedJob.stuck(1, LONG)) {
            var waits = job.postLater("/snapshot");
            assertThat(job.raw(STATUS)).startsWith("HTTP/1.1 200 ");
            job.server().close();
            assertThatThrownBy(waits::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
            job.release();
            job.endsExactly();
        }
    }

    @Test
    void portThatIsTakenIsNamed() throws Exception {
        try (var job = ServedJob.start()) {
            int port = job.server().port();
            assertThatThrownBy(() -> JobServer.start(job.running(), port))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("job \"sums <&>\" cannot be served at ")
                    .hasMessageContaining(":" + port)
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void serverListensAtTheLoopbackAddressAloneUnlessAnotherIsGiven() throws Exception {
        try (var job = ServedJob.start();
                var alone = JobServer.start(job.running(), 0);
                var everywhere = JobServer.start(job.running(), new InetSocketAddress("0.0.0.0", 0))) {
            assertThat(alone.address().getAddress().isLoopbackAddress()).isTrue();
            assertThat(everywhere.address().getAddress().isAnyLocalAddress()).isTrue();
            assertThat(alone.port()).isPositive().isEqualTo(alone.uri().getPort());
            assertThat(InetAddress.getByName(everywhere.uri().getHost()).isLoopbackAddress())
                    .as("where it can be reached from here")
                    .isTrue();
        }
    }

    @Test
    void requestBeyondTheBoundIsRejected() throws Exception {
        var end = new CountDownLatch(1);
        try (var threads = new ServerThreads()) {
            for (int i = 0; i < ServerThreads.MAX_REQUESTS; i++) {
                threads.execute(() -> awaitQuietly(end));
            }
            assertThatThrownBy(() -> threads.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        }
        assertThat(end.getCount())
                .as("closing has ended them, and nothing else")
                .isOne();
    }

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
