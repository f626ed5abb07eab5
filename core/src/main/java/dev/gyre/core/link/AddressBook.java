package dev.gyre.core.link;

import java.util.Optional;

/** Where peers are. Asked anew for each connection, since a peer may come back elsewhere. */
@FunctionalInterface
public interface AddressBook {
    /** The address of a peer, in whatever form the host understands; nothing when it is not known. */
    Optional<String> find(String peer);

    /** Asks a registry first, and what was configured second. */
    static AddressBook first(AddressBook registry, AddressBook configured) {
        return peer -> registry.find(peer).or(() -> configured.find(peer));
    }
}
