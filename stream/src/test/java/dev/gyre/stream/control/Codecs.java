package dev.gyre.stream.control;

import dev.gyre.core.json.JsonRecords;
import dev.gyre.raft.storage.EntryCodec;

/** What entries and messages are after they were sent. */
final class Codecs {
    private static final EntryCodec<ControlEntry> ENTRIES = EntryCodec.json(ControlEntry.class);
    private static final JsonRecords<Report> REPORTS = JsonRecords.of(Report.class);

    private Codecs() {}

    static ControlEntry journey(ControlEntry entry) {
        var back = ENTRIES.decode(ENTRIES.encode(entry));
        if (!back.equals(entry)) {
            throw new AssertionError(entry + " came back as " + back);
        }
        return back;
    }

    static Report journey(Report report) {
        return REPORTS.decode(REPORTS.encode(report));
    }
}
