package dev.gyre.core.kv.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class LwwKvServiceTest {
    private final KvSupport kv = new KvSupport(new LwwKvService(KvSupport.node(1)));

    @Test
    void evenTheWriterMayNotSeeItsWrite() {
        var seen = new TreeSet<String>();
        for (int i = 0; i < 100; i++) {
            kv.write("n0", "k" + i, 1);
            seen.add(kv.read("n0", "k" + i));
        }
        assertThat(seen).containsExactly("1", "error 20");
    }

    @Test
    void replicasAgreeOnceWritesStop() {
        for (int i = 0; i < 100; i++) {
            kv.write("n0", "k", i);
        }
        for (int i = 0; i < 50; i++) {
            kv.read("n0", "k");
        }
        var seen = new TreeSet<String>();
        for (int i = 0; i < 50; i++) {
            seen.add(kv.read("n0", "k"));
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void anAcknowledgedWriteMayLoseToAnEarlierOne() {
        boolean lost = false;
        for (int i = 0; i < 100 && !lost; i++) {
            String key = "k" + i;
            kv.write("n0", key, 1);
            kv.write("n0", key, 2);
            for (int j = 0; j < 50; j++) {
                kv.read("n0", key);
            }
            lost = kv.read("n0", key).equals("1");
        }
        assertThat(lost).isTrue();
    }

    @Test
    void casNeverCreates() {
        assertThat(kv.casOrCreate("n0", "k", 0, 5)).isEqualTo("error 20");
    }

    @Test
    void twoClientsMayBothSucceedWithTheSameCas() {
        boolean both = false;
        for (int i = 0; i < 200 && !both; i++) {
            String key = "k" + i;
            kv.write("n0", key, 0);
            for (int j = 0; j < 50; j++) {
                kv.read("n0", key);
            }
            both = kv.cas("n1", key, 0, 1).equals("ok")
                    && kv.cas("n2", key, 0, 2).equals("ok");
        }
        assertThat(both).isTrue();
    }
}
