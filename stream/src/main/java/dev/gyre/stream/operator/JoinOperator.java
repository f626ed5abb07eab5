package dev.gyre.stream.operator;

import java.util.function.BiFunction;

/**
 * A join: an operator with two inputs. It is itself the first one, which hears of time too; {@link Right} is the second.
 *
 * @param <G> the state of a group
 */
public abstract class JoinOperator<G extends WindowOperator.Timed> extends WindowOperator<G> {
    /** The first input. */
    static final int LEFT = 0;

    /** The second one. */
    static final int RIGHT = 1;

    private final BiFunction<Object, Object, Object> function;

    JoinOperator(Frame frame, BiFunction<Object, Object, Object> function, int groups, Operator next) {
        super(frame, groups, next);
        this.function = function;
    }

    /** Takes a record of an input. */
    abstract void take(int side, Object key, int hash, Object value, long time);

    /** Gives a pair, whose own side and other side are given as they came. */
    final void pair(int side, Object key, int hash, Object own, Object other, long time) {
        next.record(key, hash, side == LEFT ? function.apply(own, other) : function.apply(other, own), time);
    }

    /** A record of an input came too late. */
    final void late(int side, Object key, int hash, Object value, long time) {
        if (keepsLate()) {
            next.record(key, hash, new Late(value, side), time);
        }
    }

    /** The second input. */
    public static final class Right extends Terminal {
        private final JoinOperator<?> join;

        public Right(JoinOperator<?> join) {
            this.join = join;
        }

        @Override
        public void record(Object key, int hash, Object value, long time) {
            join.take(RIGHT, key, hash, value, time);
        }

        @Override
        public void epoch(long time) {}

        @Override
        public void idle() {}

        @Override
        public void end() {}
    }
}
