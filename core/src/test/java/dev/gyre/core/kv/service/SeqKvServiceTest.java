package dev.gyre.core.kv.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SeqKvServiceTest {
    private final KvSupport kv = new KvSupport(new SeqKvService(KvSupport.node(1)));

    @Test
    void oneClientSeesItsOwnWrites() {
        for (int i = 0; i < 100; i++) {
            kv.write("n0", "k", i);
            assertThat(kv.read("n0", "k")).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void anotherClientReadsStaleStatesButNeverGoesBack() {
        var values = new TreeSet<Integer>();
        int last = -1;
        for (int i = 0; i < 300; i++) {
            kv.write("n0", "k", i);
            if (i % 3 == 0) {
                String read = kv.read("n1", "k");
                int value = read.equals("error 20") ? -1 : Integer.parseInt(read);
                assertThat(value).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(i);
                last = value;
                values.add(i - value);
            }
        }
        assertThat(values).hasSizeGreaterThan(5);
    }

    @Test
    void noClientLagsMoreThanTheRingOfStates() {
        for (int i = 0; i < 1_000; i++) {
            kv.write("n0", "k", i);
        }
        var seen = new TreeSet<Integer>();
        for (int i = 0; i < 2_000; i++) {
            seen.add(Integer.parseInt(kv.read("reader" + i, "k")));
        }

        assertThat(seen).hasSize(SeqKvService.STATES);
        assertThat(seen.first()).isEqualTo(1_000 - SeqKvService.STATES);
        assertThat(seen.last()).isEqualTo(999);
    }

    @Test
    void aClientThatReadsOftenEnoughCatchesUp() {
        for (int i = 0; i < 20; i++) {
            kv.write("n0", "k", i);
        }
        String read = "";
        for (int i = 0; i < 100; i++) {
            read = kv.read("n1", "k");
        }
        assertThat(read).isEqualTo("19");
    }

    @Test
    void aChangeHappensOnTheLatestStateAndBringsTheClientThere() {
        for (int i = 0; i < 20; i++) {
            kv.write("n0", "k", i);
        }
        kv.write("n1", "other", 1);

        assertThat(kv.read("n1", "k")).isEqualTo("19");
    }

    @Test
    void aCasThatWouldSucceedOnAStaleStateIsDecidedByTheLatest() {
        boolean staleOutcome = false;
        for (int i = 0; i < 50; i++) {
            kv.write("n0", "k", 0);
            kv.write("n0", "k", 1);
            String outcome = kv.cas("client" + i, "k", 0, 7);
            assertThat(outcome).isIn("error 22", "error 20");
            staleOutcome |= outcome.equals("error 22");
            assertThat(kv.read("n0", "k")).isEqualTo("1");
        }
        assertThat(staleOutcome).isTrue();
    }

    @Test
    void aFailedCasMayRestOnAStaleState() {
        boolean failed = false;
        for (int i = 0; i < 50 && !failed; i++) {
            kv.write("n0", "k", 1);
            kv.write("n0", "k", 0);
            failed = kv.cas("client" + i, "k", 0, 1).equals("error 22");
        }
        assertThat(failed).isTrue();
    }

    @Test
    void casCreatesWhenAskedTo() {
        assertThat(kv.casOrCreate("n0", "k", 0, 5)).isEqualTo("ok");
        assertThat(kv.read("n0", "k")).isEqualTo("5");
    }
}
