package dev.gyre.core.link;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the halves of all links of a node share: who it is, and the output that they gather. */
final class LinkContext<P> {
    final String self;
    final long incarnation;
    final LinkSettings settings;
    final Payloads<P> payloads;
    final AddressBook addresses;
    final RandomGenerator random;
    Stamp fence = Stamp.ZERO;

    private List<Output.Connect> connects = new ArrayList<>();
    private List<Output.Outgoing<P>> frames = new ArrayList<>();
    private List<Output.Disconnect> disconnects = new ArrayList<>();
    private List<LinkEvent> events = new ArrayList<>();

    LinkContext(
            Links.Self self,
            LinkSettings settings,
            Payloads<P> payloads,
            AddressBook addresses,
            RandomGenerator random) {
        this.self = self.name();
        this.incarnation = self.incarnation();
        this.settings = settings;
        this.payloads = payloads;
        this.addresses = addresses;
        this.random = random;
    }

    void connect(String peer, String address, long generation) {
        connects.add(new Output.Connect(peer, address, generation));
    }

    void send(String to, LinkFrame<P> frame) {
        frames.add(new Output.Outgoing<>(to, frame));
    }

    void disconnect(String peer, boolean isOwn, long generation, String reason) {
        disconnects.add(new Output.Disconnect(peer, isOwn, generation, reason));
    }

    void tell(LinkEvent event) {
        events.add(event);
    }

    boolean hasOutput() {
        return !(connects.isEmpty() && frames.isEmpty() && disconnects.isEmpty() && events.isEmpty());
    }

    /** What was gathered since the last time. */
    Output<P> take() {
        var output = new Output<>(connects, frames, disconnects, events);
        connects = new ArrayList<>();
        frames = new ArrayList<>();
        disconnects = new ArrayList<>();
        events = new ArrayList<>();
        return output;
    }
}
