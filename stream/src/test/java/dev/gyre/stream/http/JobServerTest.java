package dev.gyre.stream.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.control.Answer;
import dev.gyre.stream.control.JobPhase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a job does that is asked over HTTP. */
@Timeout(60)
class JobServerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void statusTellsHowTheJobStands() throws Exception {
        try (var job = ServedJob.start()) {
            var status = job.status();
            assertThat(status.workers()).hasSize(1);
            assertThat(status.alive()).containsExactly(0, 1, 2, 3);
            assertThat(status.snapshot()).isEmpty();
            assertThat(status.notices()).isEmpty();
        }
    }

    @Test
    void snapshotIsCommittedWhenItIsAnswered() throws Exception {
        try (var job = ServedJob.start()) {
            job.done("/snapshot");
            assertThat(job.status().snapshot()).isPresent();
        }
    }

    @Test
    void sumsAreExactThoughTheJobGoesFromOneWorkerToTwoAndBack() throws Exception {
        try (var job = ServedJob.start()) {
            job.done("/rescale?workers=2");
            assertThat(job.status().workers()).hasSize(2);
            job.done("/rescale?workers=1");
            assertThat(job.status().workers()).hasSize(1);
            job.endsExactly();
        }
    }

    @Test
    void jobRunsOnTheWorkersThatAreNamed() throws Exception {
        try (var job = ServedJob.start()) {
            job.done("/rescale?onto=3,1");
            assertThat(job.status().workers()).containsExactly(1, 3);
            assertThat(job.refused("/rescale?onto=4")).contains("worker 4 is unknown");
            assertThat(job.refused("/rescale?workers=5")).contains("there are 4 workers, not 5");
            job.endsExactly();
        }
    }

    @Test
    void suspendedJobStandsStillUntilItIsResumed() throws Exception {
        try (var job = ServedJob.start()) {
            assertThat(job.refused("/resume")).contains("neither suspended nor complete");
            job.done("/suspend");
            assertThat(job.status().phase()).isEqualTo(JobPhase.SUSPENDED);
            assertThat(job.done("/suspend")).contains("is suspended already");
            assertThat(job.refused("/snapshot")).contains("the job is suspended");
            assertThat(job.refused("/rescale?workers=2")).contains("resume it first");
            job.done("/resume");
            job.endsExactly();
            assertThat(job.refused("/suspend")).contains("the job is complete");
        }
    }

    @Test
    void graphIsShownAsTextAndAsADrawing() throws Exception {
        try (var job = ServedJob.start()) {
            var text = job.get("/graph");
            assertThat(text.statusCode()).isEqualTo(200);
            assertThat(text.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
            assertThat(text.body()).isEqualTo(job.running().job().describe());
            var drawing = job.get("/graph.svg");
            assertThat(drawing.statusCode()).isEqualTo(200);
            assertThat(drawing.headers().firstValue("Content-Type")).contains("image/svg+xml");
            assertThat(drawing.body()).isEqualTo(job.running().job().toSvg());
        }
    }

    /** Worker 1 stands still, so no snapshot is complete; worker 0, whose node decides, does not. */
    @Test
    void whatIsNotDecidedInTimeIsNotSaidToHaveFailed() throws Exception {
        try (var job = ServedJob.stuck(1, SHORT)) {
            assertThat(ServedJob.problem(job.post("/snapshot"), 504)).contains("may still be done");
            job.release();
            job.endsExactly();
        }
    }

    @Test
    void statusOfANodeThatStandsStillIsNotWaitedForLong() throws Exception {
        try (var job = ServedJob.stuck(0, SHORT)) {
            assertThat(ServedJob.problem(job.get("/status"), 504)).contains("a thread dump shows where");
        }
    }

    @Test
    void requestsBeyondTheBoundAreTurnedAwayAndTheStatusIsTold() throws Exception {
        try (var job = ServedJob.stuck(1, LONG)) {
            var asked = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i <= Routes.MAX_WAITING; i++) {
                asked.add(job.postLater("/snapshot"));
            }
            @SuppressWarnings("unchecked")
            var first = (HttpResponse<String>) CompletableFuture.anyOf(asked.toArray(CompletableFuture[]::new))
                    .get();
            assertThat(ServedJob.problem(first, 503)).contains(Routes.MAX_WAITING + " requests wait");
            assertThat(first.headers().firstValue("Retry-After")).contains("1");
            assertThat(job.status().workers()).hasSize(2);
            job.release();
            var codes = asked.stream().map(one -> one.join().statusCode()).toList();
            assertThat(codes).containsOnlyOnce(503);
            assertThat(codes.stream().filter(code -> code == 200)).hasSize(Routes.MAX_WAITING);
        }
    }

    @Test
    void eachAnswerOfAJobHasItsCode() {
        assertThat(Reply.of(new Answer.Done("r", "")).status()).isEqualTo(200);
        assertThat(Reply.of(new Answer.Refused("r", "")).status()).isEqualTo(409);
        assertThat(Reply.of(new Answer.Failed("r", "")).status()).isEqualTo(500);
        assertThat(Reply.of(new Answer.Elsewhere("r")).status()).isEqualTo(503);
        assertThat(Reply.of(new Answer.Elsewhere("r")).more()).containsEntry("Retry-After", "1");
    }
}
