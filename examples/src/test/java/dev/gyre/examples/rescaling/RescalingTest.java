package dev.gyre.examples.rescaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.api.Output;
import dev.gyre.stream.api.Polled;
import dev.gyre.stream.api.Source;
import dev.gyre.stream.control.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RescalingTest {
    private static final long NUMBERS = 1_000_000;

    /** Numbers that come slowly at first, so that no job is at its end before it was rescaled. */
    private record Trickle(Source<Long> numbers, AtomicBoolean isOver) implements Source<Long> {
        @Override
        public List<String> partitions() {
            return numbers.partitions();
        }

        @Override
        public Partition<Long> open(String name, Optional<Object> position) {
            var partition = numbers.open(name, position);
            return new Partition<>() {
                @Override
                public Polled poll(Output<Long> out, int max) {
                    if (isOver.get()) {
                        return partition.poll(out, max);
                    }
                    partition.poll(out, 1);
                    return Polled.later(Duration.ofMillis(1));
                }

                @Override
                public Object position() {
                    return partition.position();
                }
            };
        }
    }

    @Test
    void sumsAreExactAlthoughWorkersComeAndGo() throws InterruptedException {
        var sums = new ConcurrentHashMap<Long, Long>();
        var isOver = new AtomicBoolean();
        var numbers = new Trickle(Rescaling.numbers(NUMBERS), isOver);
        assertThat(Rescaling.run(numbers, sums, () -> isOver.set(true)))
                .hasSize(2)
                .allMatch(Answer.Done.class::isInstance);
        assertThat(sums).isEqualTo(Rescaling.plainSums(NUMBERS));
    }

    @Test
    void jobThatIsServedIsRescaledBySomebodyElse() throws Exception {
        var sums = new ConcurrentHashMap<Long, Long>();
        var isOver = new AtomicBoolean();
        var answers = new ArrayList<CompletableFuture<String>>();
        var numbers = new Trickle(Rescaling.numbers(NUMBERS), isOver);
        Rescaling.serve(numbers, sums, 0, uri -> {
            answers.add(CompletableFuture.completedFuture(post(uri, "/rescale?workers=3")));
            answers.add(CompletableFuture.completedFuture(post(uri, "/suspend")));
            // While it is suspended, it is waited for already.
            answers.add(CompletableFuture.supplyAsync(() -> post(uri, "/resume"))
                    .whenComplete((answer, failure) -> isOver.set(true)));
        });
        assertThat(answers.stream().map(CompletableFuture::join)).hasSize(3).allMatch(it -> it.startsWith("200 "));
        assertThat(sums).isEqualTo(Rescaling.plainSums(NUMBERS));
    }

    private static String post(URI uri, String path) {
        var request = HttpRequest.newBuilder(URI.create(uri + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
