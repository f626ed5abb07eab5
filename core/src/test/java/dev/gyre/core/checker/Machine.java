package dev.gyre.core.checker;

import dev.gyre.core.ErrorCode;
import dev.gyre.core.Outcome;
import dev.gyre.core.RpcError;
import dev.gyre.core.checker.SetOutput.Elements;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * An object that is used by one at a time, with mutable state: written apart from the {@link Model}s, so that it can bear
 * witness against them. It also makes up requests and wrong answers, from few values so that these often matter.
 */
interface Machine<I, O> {
    Outcome<O> apply(I input);

    I randomInput(RandomGenerator random, int process);

    /** Any answer that fits the request in kind. */
    O randomOutput(RandomGenerator random, I input);

    static <O> Outcome<O> ok(O output) {
        return new Outcome.Ok<>(output);
    }

    static <O> Outcome<O> failed(ErrorCode code) {
        return new Outcome.Failed<>(new RpcError(code, ""));
    }

    /** A cell of small numbers. */
    final class Register implements Machine<RegisterModel.Input<Long>, RegisterModel.Output<Long>> {
        private static final int VALUES = 5;
        private @Nullable Long value;

        @Override
        public Outcome<RegisterModel.Output<Long>> apply(RegisterModel.Input<Long> input) {
            switch (input) {
                case RegisterModel.Read<Long> read -> {
                    return value == null ? failed(ErrorCode.KEY_DOES_NOT_EXIST) : ok(new RegisterModel.Value<>(value));
                }
                case RegisterModel.Write<Long>(Long written) -> value = written;
                case RegisterModel.Cas<Long>(Long from, Long to) -> {
                    if (!from.equals(value)) {
                        return failed(ErrorCode.PRECONDITION_FAILED);
                    }
                    value = to;
                }
            }
            return ok(new RegisterModel.Done<>());
        }

        /** Maelstrom's mixture: half reads, then one write to two cas. */
        @Override
        public RegisterModel.Input<Long> randomInput(RandomGenerator random, int process) {
            long any = random.nextInt(VALUES);
            return switch (random.nextInt(6)) {
                case 0 -> new RegisterModel.Write<>(any);
                case 1, 2 -> new RegisterModel.Cas<>(any, (long) random.nextInt(VALUES));
                default -> new RegisterModel.Read<>();
            };
        }

        @Override
        public RegisterModel.Output<Long> randomOutput(RandomGenerator random, RegisterModel.Input<Long> input) {
            return input instanceof RegisterModel.Read<Long>
                    ? new RegisterModel.Value<>((long) random.nextInt(VALUES))
                    : new RegisterModel.Done<>();
        }
    }

    /** A set of three numbers at most. */
    final class GrowingSet implements Machine<SetInput, SetOutput> {
        private final TreeSet<Long> elements = new TreeSet<>();

        @Override
        public Outcome<SetOutput> apply(SetInput input) {
            return switch (input) {
                case SetInput.Add(long element) -> {
                    elements.add(element);
                    yield ok(new SetOutput.Added());
                }
                case SetInput.Read read ->
                    ok(Elements.of(
                            elements.stream().mapToLong(element -> element).toArray()));
            };
        }

        @Override
        public SetInput randomInput(RandomGenerator random, int process) {
            return random.nextBoolean() ? new SetInput.Read() : new SetInput.Add(random.nextInt(3));
        }

        @Override
        public SetOutput randomOutput(RandomGenerator random, SetInput input) {
            if (input instanceof SetInput.Add) {
                return new SetOutput.Added();
            }
            int bits = random.nextInt(8);
            return Elements.of(LongStream.range(0, 3)
                    .filter(element -> (bits >> element & 1) == 1)
                    .toArray());
        }
    }

    /** A queue of small numbers. */
    final class Queue implements Machine<QueueModel.Input<Long>, QueueModel.Output<Long>> {
        private final Deque<Long> values = new ArrayDeque<>();

        @Override
        public Outcome<QueueModel.Output<Long>> apply(QueueModel.Input<Long> input) {
            return switch (input) {
                case QueueModel.Enqueue<Long>(Long value) -> {
                    values.addLast(value);
                    yield ok(new QueueModel.Enqueued<>());
                }
                case QueueModel.Dequeue<Long> dequeue -> {
                    Long first = values.pollFirst();
                    yield ok(first == null ? new QueueModel.Empty<>() : new QueueModel.Dequeued<>(first));
                }
            };
        }

        @Override
        public QueueModel.Input<Long> randomInput(RandomGenerator random, int process) {
            return random.nextBoolean()
                    ? new QueueModel.Dequeue<>()
                    : new QueueModel.Enqueue<>((long) random.nextInt(4));
        }

        @Override
        public QueueModel.Output<Long> randomOutput(RandomGenerator random, QueueModel.Input<Long> input) {
            if (input instanceof QueueModel.Enqueue<Long>) {
                return new QueueModel.Enqueued<>();
            }
            return random.nextInt(4) == 0
                    ? new QueueModel.Empty<>()
                    : new QueueModel.Dequeued<>((long) random.nextInt(4));
        }
    }

    /** A log of small numbers. */
    final class Log implements Machine<LogModel.Input<Long>, LogModel.Output<Long>> {
        private final List<Long> values = new ArrayList<>();

        @Override
        public Outcome<LogModel.Output<Long>> apply(LogModel.Input<Long> input) {
            return switch (input) {
                case LogModel.Append<Long>(Long value) -> {
                    values.add(value);
                    yield ok(new LogModel.Appended<>(values.size() - 1));
                }
                case LogModel.Read<Long>(long offset) ->
                    ok(offset < values.size() ? new LogModel.Entry<>(values.get((int) offset)) : new LogModel.End<>());
            };
        }

        @Override
        public LogModel.Input<Long> randomInput(RandomGenerator random, int process) {
            return random.nextBoolean()
                    ? new LogModel.Read<>(random.nextInt(3))
                    : new LogModel.Append<>((long) random.nextInt(3));
        }

        @Override
        public LogModel.Output<Long> randomOutput(RandomGenerator random, LogModel.Input<Long> input) {
            if (input instanceof LogModel.Append<Long>) {
                return new LogModel.Appended<>(random.nextInt(4));
            }
            return random.nextInt(4) == 0 ? new LogModel.End<>() : new LogModel.Entry<>((long) random.nextInt(3));
        }
    }

    /** A lock that every process asks for and gives back. */
    final class Mutex implements Machine<MutexModel.Input, MutexModel.Done> {
        private long holder = -1;

        @Override
        public Outcome<MutexModel.Done> apply(MutexModel.Input input) {
            boolean can = switch (input) {
                case MutexModel.Acquire acquire -> holder == -1;
                case MutexModel.Release(long by) -> holder == by;
            };
            if (!can) {
                return failed(ErrorCode.PRECONDITION_FAILED);
            }
            holder = input instanceof MutexModel.Acquire(long by) ? by : -1;
            return ok(new MutexModel.Done());
        }

        @Override
        public MutexModel.Input randomInput(RandomGenerator random, int process) {
            return random.nextBoolean() ? new MutexModel.Acquire(process) : new MutexModel.Release(process);
        }

        @Override
        public MutexModel.Done randomOutput(RandomGenerator random, MutexModel.Input input) {
            return new MutexModel.Done();
        }
    }
}
