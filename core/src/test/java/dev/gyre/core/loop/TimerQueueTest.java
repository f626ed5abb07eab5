package dev.gyre.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimerQueueTest {
    private long now;
    private final TimerQueue timers = new TimerQueue(() -> now);
    private final List<String> fired = new ArrayList<>();

    private void runAt(long nanos) {
        now = nanos;
        timers.runDue(() -> {});
    }

    @Test
    void timersFireByDeadlineThenByTheOrderTheyWereSetIn() {
        timers.after(Duration.ofNanos(20), () -> fired.add("late"));
        timers.after(Duration.ofNanos(10), () -> fired.add("first"));
        timers.after(Duration.ofNanos(10), () -> fired.add("second"));
        assertThat(timers.nextDeadline()).isEqualTo(10);
        runAt(9);
        assertThat(fired).isEmpty();
        runAt(20);
        assertThat(fired).containsExactly("first", "second", "late");
        assertThat(timers.nextDeadline()).isEqualTo(TimerQueue.NEVER);
    }

    @Test
    void periodicTimerKeepsItsPhaseAndDoesNotCatchUp() {
        timers.every(Duration.ofNanos(10), () -> fired.add("at " + now));
        runAt(10);
        runAt(35);
        runAt(39);
        runAt(40);
        assertThat(fired).containsExactly("at 10", "at 35", "at 40");
    }

    @Test
    void cancelledTimerDoesNotFireEvenWhenDue() {
        var second = new ArrayList<Timer>();
        timers.after(Duration.ofNanos(10), () -> second.get(0).cancel());
        second.add(timers.after(Duration.ofNanos(10), () -> fired.add("cancelled")));
        runAt(10);
        assertThat(fired).isEmpty();
        assertThat(second.get(0).isActive()).isFalse();
    }

    @Test
    void resetStartsAnewWhetherTheTimerRunsOrHasFired() {
        var timer = timers.after(Duration.ofNanos(10), () -> fired.add("at " + now));
        now = 5;
        timer.reset();
        runAt(14);
        assertThat(fired).isEmpty();
        runAt(15);
        timer.reset(Duration.ofNanos(3));
        assertThat(timer.isActive()).isTrue();
        runAt(18);
        assertThat(fired).containsExactly("at 15", "at 18");
    }

    @Test
    void anyMixOfSettingCancellingAndResettingFiresInOrder() {
        var random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            now = 0;
            var expected = new TreeMap<Long, Integer>(); // by deadline, and by the order of setting
            var set = new ArrayList<Timer>();
            var keys = new ArrayList<Long>();
            var order = new ArrayList<Integer>();
            for (int i = 0; i < 300; i++) {
                int at = set.isEmpty() ? 0 : random.nextInt(set.size());
                int delay = random.nextInt(20);
                long key = delay * 1000L + i;
                int choice = random.nextInt(4);
                if (set.isEmpty() || choice < 2) {
                    int number = set.size();
                    set.add(timers.after(Duration.ofNanos(delay), () -> order.add(number)));
                    keys.add(key);
                    expected.put(key, number);
                } else {
                    expected.remove(keys.get(at));
                    if (choice == 2) {
                        set.get(at).cancel();
                    } else {
                        set.get(at).reset(Duration.ofNanos(delay));
                        keys.set(at, key);
                        expected.put(key, at);
                    }
                }
            }
            runAt(20);
            assertThat(order).containsExactlyElementsOf(expected.values());
        }
    }

    @Test
    void periodicTimerCanCancelItself() {
        var self = new ArrayList<Timer>();
        self.add(timers.every(Duration.ofNanos(1), () -> {
            fired.add("once");
            self.get(0).cancel();
        }));
        runAt(1);
        runAt(5);
        assertThat(fired).containsExactly("once");
    }

    @Test
    void delayBeyondTheClockNeverComes() {
        now = 1;
        var timer = timers.after(Duration.ofSeconds(Long.MAX_VALUE), () -> fired.add("never"));
        assertThat(timer.isActive()).isTrue();
        runAt(Long.MAX_VALUE - 1);
        assertThat(fired).isEmpty();
    }

    @Test
    void timerThatIsSetWhileTimersFireWaitsForTheNextTurn() {
        timers.after(Duration.ZERO, () -> {
            fired.add("first");
            timers.after(Duration.ZERO, () -> fired.add("next turn"));
        });
        timers.after(Duration.ZERO, () -> fired.add("second"));
        runAt(0);
        assertThat(fired).containsExactly("first", "second");
        runAt(0);
        assertThat(fired).containsExactly("first", "second", "next turn");
    }

    @Test
    void delayBelowZeroAndPeriodOfZeroAreRefused() {
        assertThatThrownBy(() -> timers.after(Duration.ofNanos(-1), () -> {})).hasMessageContaining("at least zero");
        assertThatThrownBy(() -> timers.every(Duration.ZERO, () -> {})).hasMessageContaining("above zero");
    }
}
