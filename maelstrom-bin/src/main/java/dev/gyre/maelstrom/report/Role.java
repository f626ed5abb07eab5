package dev.gyre.maelstrom.report;

import java.util.Set;

/** What an id on the network belongs to, in the order in which a diagram groups them from left to right. */
enum Role {
    CLIENT("clients"),
    NODE("nodes"),
    SERVICE("services");

    private static final Set<String> SERVICES = Set.of("lin-kv", "seq-kv", "lww-kv", "lin-tso");

    private final String plural;

    Role(String plural) {
        this.plural = plural;
    }

    /** Maelstrom's rule: an id that starts with c is a client's. */
    static Role of(String id) {
        if (id.startsWith("c")) {
            return CLIENT;
        }
        return SERVICES.contains(id) ? SERVICE : NODE;
    }

    String plural() {
        return plural;
    }
}
