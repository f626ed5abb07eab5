package dev.gyre.core.checker.elle;

import java.util.stream.Stream;

/** List-append histories written by hand. */
final class ListAppendCases {
    private ListAppendCases() {}

    static Stream<Case> cases() {
        return Stream.of(
                Case.valid(
                        "one after the other",
                        "strict-serializable",
                        """
                        p0 0-1 ok a x 1; r x 1
                        p1 2-3 ok r x 1; a x 2
                        p0 4-5 ok r x 1 2
                        """,
                        "3 transactions (3 of them surely done) show nothing"),
                Case.valid(
                        "an unknown append that was never read need not have happened",
                        "strict-serializable",
                        """
                        p0 0-1 unknown a x 1
                        p1 2-3 ok r x
                        """,
                        "show nothing"),
                Case.valid(
                        "an unknown append that was read happened, however late",
                        "strict-serializable",
                        """
                        p0 0-1 unknown a x 1
                        p1 2-3 ok r x
                        p1 4-5 ok r x 1
                        """,
                        "show nothing"),
                Case.valid("a failed append that left no trace", "strict-serializable", """
                        p0 0-1 failed a x 1
                        p1 2-3 ok r x
                        """, "show nothing"),
                Case.valid(
                        "write skew is what snapshot isolation allows",
                        "snapshot-isolation",
                        """
                        p0 0-9 ok r x; a y 1
                        p1 0-9 ok r y; a x 2
                        """,
                        "it allows what was found: G2-item"),
                Case.valid(
                        "a stale read is serializable", "serializable", """
                        p0 0-1 ok a x 1
                        p1 2-3 ok r x
                        p1 4-5 ok r x 1
                        """, "show nothing that serializable forbids"),
                Case.valid(
                        "concurrent transactions may take effect in either order",
                        "strict-serializable",
                        """
                        p0 0-5 ok a x 1
                        p1 1-2 ok r x
                        p1 3-4 ok r x 1
                        """,
                        "show nothing"),
                Case.valid(
                        "nothing follows an unknown transaction, not even in its process",
                        "strict-serializable",
                        """
                        p0 0-1 unknown a x 1
                        p0 2-3 ok r x
                        p1 4-5 ok r x 1
                        """,
                        "show nothing"),
                Case.invalid(
                        "a long fork among shorter cycles of write skew",
                        "snapshot-isolation",
                        """
                        p0 0-9 ok a x 1
                        p1 0-9 ok a y 1
                        p2 0-9 ok r x 1; r y; r z; a w 1
                        p3 0-9 ok r x; r y 1; r w; a z 1
                        """,
                        "G-nonadjacent",
                        "no order of these 4 transactions"),
                Case.invalid(
                        "two knots, each with its own anomaly",
                        "serializable",
                        """
                        p0 0-9 ok a x 1; a y 1
                        p1 0-9 ok r x 1; r y
                        p2 0-9 ok r z; a w 1
                        p3 0-9 ok r w; a z 1
                        """,
                        "G-single, G2-item",
                        "T1 read key y as empty, before T0 appended 1"),
                Case.invalid(
                        "one knot with a write cycle and read skew",
                        "serializable",
                        """
                        p0 0-9 ok a x 1; a y 1
                        p1 0-9 ok a x 2; a y 2
                        p2 0-9 ok r x 1 2; r y 2
                        p3 0-9 ok r y 2 1
                        """,
                        "G0, G-single",
                        "a cycle of writes"),
                Case.invalid(
                        "write cycle",
                        "read-uncommitted",
                        """
                        p0 0-9 ok a x 1; a y 1
                        p1 0-9 ok a x 2; a y 2
                        p2 10-11 ok r x 1 2; r y 2 1
                        """,
                        "G0",
                        "T0 appended 1 to key x, after which T1 appended 2; T1 appended 2 to key y, after which T0"),
                Case.invalid(
                        "circular information flow",
                        "read-committed",
                        """
                        p0 0-9 ok a x 1; r y 2
                        p1 0-9 ok a y 2; r x 1
                        """,
                        "G1c",
                        "T0 appended 1 to key x, which T1 read; T1 appended 2 to key y, which T0 read"),
                Case.invalid(
                        "read skew",
                        "snapshot-isolation",
                        """
                        p0 0-9 ok a x 1; a y 1
                        p1 0-9 ok r x 1; r y
                        p2 10-11 ok r y 1
                        """,
                        "G-single",
                        "T1 read key y as empty, before T0 appended 1: a cycle, so no order of these 2"),
                Case.invalid(
                        "long fork",
                        "snapshot-isolation",
                        """
                        p0 0-9 ok a x 1
                        p1 0-9 ok a y 1
                        p2 0-9 ok r x 1; r y
                        p3 0-9 ok r x; r y 1
                        """,
                        "G-nonadjacent",
                        "T2 read key y as empty, before T1 appended 1"),
                Case.invalid(
                        "write skew",
                        "serializable",
                        """
                        p0 0-9 ok r x; a y 1
                        p1 0-9 ok r y; a x 2
                        """,
                        "G2-item",
                        "T0 read key x as empty, before T1 appended 2, which no read shows"),
                Case.invalid(
                        "lost update",
                        "cursor-stability",
                        """
                        p0 0-1 ok a x 1
                        p1 2-9 ok r x 1; a x 2
                        p2 2-9 ok r x 1; a x 3
                        """,
                        "lost-update",
                        "T1 and T2 both read key x up to 1 and then appended to it"),
                Case.invalid(
                        "aborted read",
                        "read-committed",
                        """
                        p0 0-1 failed a x 1
                        p1 2-3 ok r x 1
                        """,
                        "G1a",
                        "T1 read 1 in key x, which T0 had appended, but T0 failed"),
                Case.invalid("dirty update", "read-committed", """
                        p0 0-1 failed a x 1
                        p1 2-3 ok a x 2
                        p2 4-5 ok r x 1 2
                        """, "G1a, dirty-update", "T2 read 1 in key x"),
                Case.invalid(
                        "intermediate read",
                        "read-committed",
                        """
                        p0 0-9 ok a x 1; a x 2
                        p1 0-9 ok r x 1
                        """,
                        "G1b",
                        "T1 read key x up to 1, after which its writer T0 appended more"),
                Case.invalid(
                        "own append not seen",
                        "read-atomic",
                        """
                        p0 0-1 ok a x 1; r x
                        """,
                        "internal",
                        "T0 read key x as [], where its own earlier parts call for an end of [1]"),
                Case.invalid(
                        "two reads of one transaction differ",
                        "read-atomic",
                        """
                        p0 0-9 ok r x; r x 1
                        p1 0-9 ok a x 1
                        """,
                        "internal",
                        "T0 read key x as [1], where its own earlier parts call for []"),
                Case.invalid(
                        "own append seen too early",
                        "read-committed",
                        """
                        p0 0-1 ok r x 1; a x 1
                        """,
                        "future-read",
                        "T0 read 1 in key x before it appended it itself"),
                Case.invalid(
                        "element twice",
                        "read-uncommitted",
                        """
                        p0 0-1 ok a x 1
                        p1 2-3 ok r x 1 1
                        """,
                        "duplicate-elements",
                        "T1 read 1 in key x more than once"),
                Case.invalid(
                        "element out of nowhere",
                        "read-uncommitted",
                        """
                        p0 0-1 ok r x 7
                        """,
                        "unwritten-read",
                        "T0 read 7 in key x, which nobody appended"),
                Case.invalid(
                        "reads that fork",
                        "read-committed",
                        """
                        p0 0-9 ok a x 1
                        p1 0-9 ok a x 2
                        p2 0-9 ok r x 1
                        p3 0-9 ok r x 2
                        """,
                        "incompatible-order",
                        "T3 read key x as [2] and T2 as [1], and neither is the beginning of the other"),
                Case.invalid(
                        "a transaction's appends in another order",
                        "read-committed",
                        """
                        p0 0-1 ok a x 1; a x 2
                        p1 2-3 ok a x 3
                        p2 4-5 ok r x 2 1 3
                        """,
                        "incompatible-order",
                        "T0 appended 1 and then 2 to key x, but what T2 read shows the second first"),
                Case.invalid(
                        "only the second of a transaction's appends",
                        "serializable",
                        """
                        p0 0-1 ok a x 1; a x 2
                        p2 4-5 ok r x 2
                        """,
                        "incompatible-order, G-single",
                        "but what T1 read does not show the first"),
                Case.invalid(
                        "part of an unknown transaction",
                        "serializable",
                        """
                        p0 0-1 unknown a x 1; a y 1
                        p1 2-3 ok r x 1; r y
                        """,
                        "G-single",
                        "T1 read key y as empty, before T0 appended 1, which no read shows"),
                Case.invalid(
                        "stale read",
                        "strict-serializable",
                        """
                        p0 0-1 ok a x 1
                        p1 2000000-3000000 ok r x
                        p2 4000000-5000000 ok r x 1
                        """,
                        "G-single-realtime",
                        "T0 ended before T1 began, at 0.000 ms and 2.000 ms; T1 read key x as empty, before T0"),
                Case.invalid(
                        "a process forgets what it read",
                        "strong-session-serializable",
                        """
                        p0 0-9 ok a x 1
                        p1 1-2 ok r x 1
                        p1 3-4 ok r x
                        """,
                        "G-single-process",
                        "T1 ended before T2 began in process 1"),
                Case.invalid(
                        "a process forgets what it did long ago",
                        "strong-session-serializable",
                        """
                        p0 0-1 ok a x 1
                        p0 2-3 ok a y 1
                        p0 4-5 ok a y 2
                        p0 6-7 ok r x
                        """,
                        "G-single-process",
                        "T0 ended before T3 began in process 0; T3 read key x as empty, before T0 appended 1, which no"
                                + " read shows: a cycle, so no order of these 2"),
                Case.invalid(
                        "appends against real time",
                        "strong-read-uncommitted",
                        """
                        p0 0-1 ok a x 1
                        p1 2-3 ok a x 2
                        p2 4-5 ok r x 2 1
                        """,
                        "G0-realtime",
                        "T0 ended before T1 began"),
                Case.invalid(
                        "a read of the future",
                        "strong-session-PL-2",
                        """
                        p0 0-1 ok r x 1
                        p0 2-3 ok a x 1
                        """,
                        "G1c-process",
                        "T1 appended 1 to key x, which T0 read"),
                Case.invalid(
                        "the later of two appends without the earlier",
                        "strong-snapshot-isolation",
                        """
                        p0 0-1 ok a x 1
                        p1 2-3 ok a y 1
                        p2 0-9 ok r x; r y 1
                        """,
                        "G-single-realtime",
                        "T0 ended before T1 began, at 0.000 ms and 0.000 ms; T1 appended 1 to key y, which T2 read"));
    }
}
