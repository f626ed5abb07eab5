package dev.gyre.core.checker;

import java.util.Arrays;

/** What a set that only grows answers. */
public sealed interface SetOutput {
    /** The element was added. */
    record Added() implements SetOutput {}

    /**
     * The elements that a read found, in the order of the reply, repetitions included. A class, not a record: histories
     * hold thousands of these of thousands of elements each, so they are kept as primitives, and an array must not leak.
     */
    final class Elements implements SetOutput {
        private final long[] values;

        private Elements(long[] values) {
            this.values = values;
        }

        /** The elements of a reply; the array is copied. */
        public static Elements of(long... values) {
            return new Elements(values.clone());
        }

        /** How many elements the reply has, repetitions counted. */
        public int size() {
            return values.length;
        }

        /**
         * The element at a place.
         *
         * @param place from 0 to below {@link #size()}
         * @throws IndexOutOfBoundsException for any other place
         */
        public long get(int place) {
            return values[place];
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Elements elements && Arrays.equals(values, elements.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Elements" + Arrays.toString(values);
        }
    }
}
