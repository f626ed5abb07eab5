package dev.gyre.stream.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gyre.stream.exchange.Assignment;
import dev.gyre.stream.exchange.Batch;
import dev.gyre.stream.exchange.Item;
import dev.gyre.stream.exchange.Numbers;
import dev.gyre.stream.exchange.Records;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an outlet sends of what it has collected. */
class ExchangeOutletTest {
    private static final int HASH = 5;

    private final List<Item> sent = new ArrayList<>();
    private final ExchangeOutlet outlet =
            ExchangeOutlet.to(Assignment.of(1, 2, List.of(0)), 0, (edge, worker, item) -> sent.add(item));

    private void records(int count) {
        for (int i = 0; i < count; i++) {
            outlet.record("key", HASH, i, i);
        }
    }

    private void numbers(int count) {
        var numbers = new Numbers(count);
        for (int i = 0; i < count; i++) {
            numbers.add(i, 10L * i, i);
        }
        outlet.numbers(numbers);
    }

    /** How many records there is room for in all that was sent. */
    private int room() {
        return sent.stream()
                .mapToInt(item -> switch (item) {
                    case Batch batch -> batch.values.length;
                    case Numbers numbers -> numbers.cells.length / Numbers.WIDTH;
                    default -> 0;
                })
                .sum();
    }

    private List<Object> values() {
        var values = new ArrayList<Object>();
        for (var item : sent) {
            var batch = ((Records) item).asObjects();
            for (int i = 0; i < batch.size(); i++) {
                assertThat(item instanceof Batch ? batch.hashes[i] : HASH).isEqualTo(HASH);
                values.add(batch.keys[i] + " " + batch.values[i] + "@" + batch.times[i]);
            }
        }
        return values;
    }

    @Test
    void fewRecordsTakeTheRoomOfFew() {
        records(3);
        outlet.flush();
        records(1);
        outlet.flush();
        outlet.flush();
        assertThat(sent).hasSize(2);
        assertThat(room()).isEqualTo(4);
        assertThat(values()).containsExactly("key 0@0", "key 1@1", "key 2@2", "key 0@0");
    }

    @Test
    void fewNumbersTakeTheRoomOfFew() {
        numbers(2);
        outlet.flush();
        numbers(1);
        outlet.flush();
        outlet.flush();
        assertThat(sent).hasSize(2);
        assertThat(room()).isEqualTo(3);
        assertThat(values()).containsExactly("0 0@0", "1 10@1", "0 0@0");
    }

    @Test
    void batchThatIsAQuarterFullIsHandedOnAsItIs() {
        records(Batch.CAPACITY / 4);
        outlet.flush();
        assertThat(room()).isEqualTo(Batch.CAPACITY);
        records(Batch.CAPACITY + 1);
        assertThat(sent).hasSize(2);
        outlet.flush();
        assertThat(room()).isEqualTo(2 * Batch.CAPACITY + 1);
        assertThat(values()).hasSize(Batch.CAPACITY / 4 + Batch.CAPACITY + 1);
    }

    @Test
    void numbersAndObjectsStayInOrder() {
        records(1);
        outlet.flush();
        numbers(2);
        records(2);
        outlet.flush();
        numbers(1);
        outlet.flush();
        assertThat(values()).containsExactly("key 0@0", "0 0@0", "1 10@1", "key 0@0", "key 1@1", "0 0@0");
    }

    @Test
    void numbersAreSentWhenTheirColumnsAreFull() {
        numbers(2 * Batch.CAPACITY);
        assertThat(sent).hasSize(2);
        numbers(Batch.CAPACITY + 1);
        assertThat(sent).hasSize(3);
        assertThat(((Records) sent.getLast()).size()).isEqualTo(Batch.CAPACITY);
        outlet.flush();
        assertThat(values()).hasSize(3 * Batch.CAPACITY + 1).endsWith("1024 10240@1024");
        assertThat(room()).isEqualTo(3 * Batch.CAPACITY + 1);
    }

    /** See {@link OutletRun}. */
    @Test
    void receiversKnowWhatWasSaidWhoeverComesAndGoes() {
        assertThat(OutletRun.firstFailure(2000)).isEmpty();
    }

    @Test
    void creditIsForRecordsWhateverTheirRoom() {
        records(ExchangeOutlet.WINDOW - 1);
        outlet.flush();
        assertThat(outlet.isReady()).isTrue();
        records(1);
        outlet.flush();
        assertThat(outlet.isReady()).isFalse();
        outlet.granted(0, 1);
        assertThat(outlet.isReady()).isTrue();
    }
}
