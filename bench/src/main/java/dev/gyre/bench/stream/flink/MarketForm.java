package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.nexmark.Auction;
import dev.gyre.bench.stream.nexmark.Bid;
import dev.gyre.bench.stream.nexmark.MarketEvent;
import dev.gyre.bench.stream.nexmark.Person;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Persons and auctions as they cross the exchange before a join: without the texts that nobody asks for. */
final class MarketForm {
    static final OwnType<MarketEvent> TYPE = Form.of(MarketEvent.class, MarketForm::write, MarketForm::read);

    private static final String LEFT_OUT = "";

    private MarketForm() {}

    private static void write(MarketEvent event, DataOutputView out) throws IOException {
        out.writeBoolean(event instanceof Person);
        out.writeLong(event.millis());
        switch (event) {
            case Person person -> {
                out.writeLong(person.id());
                out.writeUTF(person.name());
                out.writeUTF(person.city());
                out.writeUTF(person.state());
            }
            case Auction auction -> {
                out.writeLong(auction.id());
                out.writeLong(auction.reserve());
                out.writeLong(auction.seller());
            }
            case Bid bid -> throw new IllegalArgumentException("bids are not joined: " + bid);
        }
    }

    private static MarketEvent read(DataInputView in) throws IOException {
        boolean isPerson = in.readBoolean();
        long millis = in.readLong();
        long id = in.readLong();
        return isPerson
                ? new Person(id, in.readUTF(), LEFT_OUT, LEFT_OUT, in.readUTF(), in.readUTF(), millis)
                : new Auction(id, LEFT_OUT, LEFT_OUT, 0, in.readLong(), millis, 0, in.readLong(), 0);
    }
}
