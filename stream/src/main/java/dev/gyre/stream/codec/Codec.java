package dev.gyre.stream.codec;

/**
 * How values of one class become bytes, for a class that {@link Types} does not know by itself. What is written is read whole: {@link #read} is
 * given the bytes of one value, and must take them all.
 *
 * <pre>{@code
 * final class PointCodec implements Codec<Point> {
 *     public void write(Point point, BytesOut out) { out.writeDouble(point.x()); out.writeDouble(point.y()); }
 *     public Point read(BytesIn in) { return new Point(in.readDouble(), in.readDouble()); }
 * }
 * }</pre>
 *
 * <p>One codec serves all workers of a process: it keeps no state.
 *
 * @param <T> the class
 */
public interface Codec<T> {
    /** Appends a value. */
    void write(T value, BytesOut out);

    /**
     * Reads a value. What it throws is reported as a {@link CodecException} that names the class and the place.
     *
     * @param in the bytes of this value alone
     */
    T read(BytesIn in);
}
