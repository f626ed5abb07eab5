package dev.gyre.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processor time that was not this process's, from {@code /proc/stat}; not a number where there is none. */
public final class OtherProcesses {
    /** Above so many processors, a window says little. */
    public static final double NOISY = 0.2;

    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, on every Linux that runs a JVM
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;

    private final OperatingSystemMXBean ownProcess =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final double from = othersSeconds();
    private final double ownFrom = ownSeconds();
    private final long fromNanos = System.nanoTime();

    /** How many processors others kept busy since this object was made. */
    public double processors() {
        double seconds = (System.nanoTime() - fromNanos) / 1e9;
        return Math.max(0, (othersSeconds() - from) / seconds);
    }

    /** How many processors this process kept busy since this object was made, its compilers and collectors too. */
    public double ownProcessors() {
        return (ownSeconds() - ownFrom) / ((System.nanoTime() - fromNanos) / 1e9);
    }

    private double ownSeconds() {
        return ownProcess.getProcessCpuTime() / 1e9;
    }

    private double othersSeconds() {
        if (!Files.isReadable(STAT)) {
            return Double.NaN;
        }
        try {
            List<String> fields = List.of(Files.readAllLines(STAT).get(0).split(" +", -1));
            long busy = 0;
            for (int i = 1; i <= STEAL; i++) {
                busy += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(fields.get(i));
            }
            return busy / TICKS_PER_SECOND - ownSeconds();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
