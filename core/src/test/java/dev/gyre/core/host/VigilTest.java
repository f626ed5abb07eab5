package dev.gyre.core.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VigilTest {
    private static final long NANOS = 10_000;
    private static final long START = 1L << 40;

    private final Vigil vigil = new Vigil(NANOS);

    @Test
    void nodeStaysAwakeForItsTimeFromTheBeginning() {
        assertEquals(START + NANOS, vigil.endNanos(START));
        assertEquals(NANOS, vigil.endNanos(0), "a clock may begin at zero");
    }

    @Test
    void quickYieldsChangeNothing() {
        assertTrue(vigil.goesOn(START, START + Vigil.CROWDED_NANOS - 1));
        assertEquals(START + 200_000 + NANOS, vigil.endNanos(START + 200_000));
    }

    @Test
    void slowYieldEndsTheVigilAndThoseThatFollowInProportion() {
        long lost = 3_000_000;
        long back = START + lost;
        assertFalse(vigil.goesOn(START, back));
        long last = back + Vigil.SLEEPS_FOR_A_LOSS * lost - 1;
        assertEquals(back, vigil.endNanos(back));
        assertEquals(last, vigil.endNanos(last));
        assertEquals(last + 1 + NANOS, vigil.endNanos(last + 1));
    }

    @Test
    void processThatWasStoppedForLongIsAwakeSoonAgain() {
        long back = START + 600_000_000_000L;
        assertFalse(vigil.goesOn(START, back));
        long last = back + Vigil.SLEEPS_FOR_A_LOSS * Vigil.MAX_LOSS_NANOS;
        assertEquals(last + NANOS, vigil.endNanos(last));
    }

    @Test
    void noVigilIsWantedIfItHasNoLength() {
        assertEquals(START, new Vigil(0).endNanos(START));
    }
}
