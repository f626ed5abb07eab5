package dev.gyre.raft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.InvariantViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final int STEPS = 20_000;

    @Test
    void doesWhatAPlainListDoes() {
        var random = new SplittableRandom(3);
        var log = new Log<String>(Position.START);
        List<Entry<String>> model = new ArrayList<>();
        var base = Position.START;
        long term = 1;
        for (int step = 0; step < STEPS; step++) {
            long last = base.index() + model.size();
            switch (random.nextInt(8)) {
                case 0 -> {
                    long from = last + 1 - random.nextInt(model.size() + 1);
                    log.truncateFrom(from);
                    model.subList((int) (from - base.index() - 1), model.size()).clear();
                }
                case 1 -> {
                    for (int i = random.nextInt(model.size() + 1); i > 0; i--) {
                        var oldest = model.removeFirst();
                        base = new Position(oldest.index(), oldest.term());
                    }
                    log.dropUpTo(base.index());
                }
                case 2 -> {
                    if (random.nextInt(50) == 0) {
                        base = new Position(last + random.nextInt(5), ++term);
                        model.clear();
                        log.restartAfter(base);
                    }
                }
                default -> {
                    for (int i = random.nextInt(20); i > 0; i--) {
                        term += random.nextInt(3) == 0 ? 1 : 0;
                        var entry = Bench.entry(base.index() + model.size() + 1, term);
                        model.add(entry);
                        log.append(entry);
                    }
                }
            }
            compare(log, model, base, random);
        }
    }

    private static void compare(Log<String> log, List<Entry<String>> model, Position base, SplittableRandom random) {
        long last = base.index() + model.size();
        assertThat(log.lastIndex()).isEqualTo(last);
        assertThat(log.base()).isEqualTo(base);
        assertThat(log.bytes()).isEqualTo(model.size() * (Entry.OVERHEAD_BYTES + 2L));
        int from = random.nextInt(model.size() + 1);
        int to = from + random.nextInt(model.size() - from + 1);
        assertThat(log.slice(base.index() + from + 1, base.index() + to)).isEqualTo(model.subList(from, to));
        long index = base.index() + random.nextInt(model.size() + 2);
        long term = random.nextLong(log.last().term() + 2);
        var expected = base;
        for (var entry : model) {
            if (entry.index() <= index && entry.term() <= term) {
                expected = new Position(entry.index(), entry.term());
            }
        }
        assertThat(log.lastAtMost(index, term)).isEqualTo(expected);
    }

    @Test
    void batchEndsBeforeItIsTooLargeButHasAnEntry() {
        var log = new Log<String>(new Position(4, 1));
        for (long i = 5; i <= 8; i++) {
            log.append(Bench.entry(i, 1));
        }
        long size = Entry.OVERHEAD_BYTES + 2;
        assertThat(log.batchEnd(5, 1)).isEqualTo(5);
        assertThat(log.batchEnd(5, 2 * size)).isEqualTo(6);
        assertThat(log.batchEnd(5, 3 * size - 1)).isEqualTo(6);
        assertThat(log.batchEnd(6, 100 * size)).isEqualTo(8);
    }

    @Test
    void gapAndFallingTermAreNeverAppended() {
        var log = new Log<String>(new Position(4, 3));
        assertThatThrownBy(() -> log.append(Bench.entry(6, 3))).isInstanceOf(InvariantViolation.class);
        assertThatThrownBy(() -> log.append(Bench.entry(5, 2))).isInstanceOf(InvariantViolation.class);
        assertThatThrownBy(() -> log.entryAt(4)).isInstanceOf(InvariantViolation.class);
    }

    @Test
    void writesThatWereCutOffVouchForNothing() {
        var durability = new Durability(2);
        durability.begin(4, false);
        durability.begin(6, true);
        durability.truncateFrom(4);
        long token = durability.begin(5, false);
        durability.persisted(1);
        assertThat(durability.index()).isEqualTo(3);
        assertThat(durability.isHardStateDurable()).isFalse();
        durability.persisted(2);
        assertThat(durability.index()).isEqualTo(3);
        assertThat(durability.isHardStateDurable()).isTrue();
        durability.persisted(token);
        assertThat(durability.index()).isEqualTo(5);
        assertThat(durability.isIdle()).isTrue();
        assertThatThrownBy(() -> durability.persisted(token + 1)).isInstanceOf(InvariantViolation.class);
    }
}
