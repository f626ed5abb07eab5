package dev.gyre.stream.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.core.json.JsonRecords;
import dev.gyre.core.link.Connection;
import dev.gyre.core.link.FrameCodec;
import dev.gyre.core.link.LinkFrame;
import dev.gyre.core.link.LinkMessage;
import dev.gyre.core.link.Stamp;
import dev.gyre.stream.Job;
import dev.gyre.stream.control.Answer;
import dev.gyre.stream.control.JobPhase;
import dev.gyre.stream.control.Report;
import dev.gyre.stream.control.Request;
import dev.gyre.stream.control.SnapshotPart;
import dev.gyre.stream.control.Solicitation;
import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.io.Sinks;
import dev.gyre.stream.io.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What nodes of a job say to each other where it becomes text. */
class JobMessageTest {
    private static final JsonRecords<JobMessage> JSON = JsonRecords.of(JobMessage.class);

    private static final List<Report> REPORTS = List.of(
            new Report.Alive(2, 77),
            new Report.Ready(3),
            new Report.SnapshotTaken(3, 9, new SnapshotPart(2, "s9-w2", 1234, -5)),
            new Report.Shown(3, 9),
            new Report.SnapshotFailed(3, 9, "the disk is full"),
            new Report.RescaleDone(3, 5),
            new Report.PartitionsListed(3, "lines", List.of("a", "b"), true),
            new Report.PartitionFinished(3, "lines", "a"),
            new Report.Ended(3, 5),
            new Report.Failed(3, "an operator has thrown"));

    private static final List<Request> REQUESTS = List.of(
            new Request.SnapshotNow("r1"),
            new Request.RescaleTo("r2", 4),
            new Request.RescaleOnto("r3", List.of(0, 2)),
            new Request.CancelRescale("r4"),
            new Request.Suspend("r5"),
            new Request.Resume("r6"),
            new Request.Status("r7"));

    private static final List<Answer> ANSWERS = List.of(
            new Answer.Done("r1", "done"),
            new Answer.Failed("r2", "why"),
            new Answer.Refused("r3", "why not"),
            new Answer.Elsewhere("r4"),
            new Answer.Standing(
                    "r7",
                    JobPhase.RUNNING,
                    3,
                    5,
                    List.of(0, 1),
                    List.of(0, 1, 2),
                    Optional.of("a snapshot"),
                    Optional.empty(),
                    List.of("slow")));

    private static MeasuredFrames frames() {
        var job = Job.named(
                "job",
                flow -> flow.source("words", Sources.of(List.of("a")))
                        .keyBy("word", word -> word)
                        .fold("count", 0L, (count, word) -> count + 1)
                        .entries()
                        .sink("out", Sinks.forEach(entry -> {})));
        return new MeasuredFrames(new FrameBytes(job.plan(), job.types()));
    }

    @Test
    void everyMessageIsTheSameBehindText() {
        var messages = new ArrayList<JobMessage>();
        REPORTS.forEach(report -> messages.add(new JobMessage.Reported(2, report)));
        REQUESTS.forEach(request -> messages.add(new JobMessage.Asked(request)));
        ANSWERS.forEach(answer -> messages.add(new JobMessage.Answered(answer)));
        messages.add(new JobMessage.Solicited(new Solicitation(3, List.of(0, 1))));
        messages.add(new JobMessage.Woken());
        for (var message : messages) {
            assertThat(JSON.decode(JSON.encode(message))).isEqualTo(message);
        }
        assertThat(REPORTS).hasSize(Report.class.getPermittedSubclasses().length);
        assertThat(REQUESTS).hasSize(Request.class.getPermittedSubclasses().length);
        assertThat(ANSWERS).hasSize(Answer.class.getPermittedSubclasses().length);
    }

    @Test
    void recordsTravelAsText() throws Exception {
        var frames = frames();
        var codec = new FrameCodec<>(frames, 1000);
        var batch = new Batch(4);
        batch.add("Köln", 17, "Köln", 5);
        batch.add("b", -3, "b", Long.MIN_VALUE);
        var item = new LinkFrame.Item<Frame>(
                new Connection(7, 8, 1),
                1,
                "e0",
                new Stamp(3, 0),
                500,
                Optional.of(""),
                new LinkFrame.Body.Data<>(new Frame.Channel(3, 0, batch)));
        var text = JSON.encode(new JobMessage.Linked(LinkMessage.of(item, codec)));
        var read = ((JobMessage.Linked) JSON.decode(text)).link().read(codec);
        var body = ((LinkFrame.Item<Frame>) read).body();
        var frame = (Frame.Channel) ((LinkFrame.Body.Data<Frame>) body).payload();
        var records = (Batch) frame.item();
        assertThat(records.size()).isEqualTo(2);
        assertThat(records.keys[0]).isEqualTo("Köln");
        assertThat(records.values[1]).isEqualTo("b");
        assertThat(records.times[0]).isEqualTo(5);
        assertThat(frames.sizeBytes(frame)).isEqualTo(frames.encode(frame).length);
    }

    @Test
    void aBatchThatIsTooLargeIsHalvedUntilItFits() {
        var frames = frames();
        var batch = new Batch(5);
        for (int i = 0; i < 5; i++) {
            batch.add("k" + i, i, "v" + i, i);
        }
        var parts = frames.split(new Frame.Channel(3, 0, batch), frames.sizeBytes(new Frame.Channel(3, 0, batch)) / 2);
        var values = new ArrayList<Object>();
        for (var part : parts) {
            var records = (Batch) ((Frame.Channel) part).item();
            for (int i = 0; i < records.size(); i++) {
                values.add(records.values[i]);
            }
        }
        assertThat(values).containsExactly("v0", "v1", "v2", "v3", "v4");
        assertThat(parts.size()).isGreaterThan(2);
    }
}
