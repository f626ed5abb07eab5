package dev.gyre.bench.stream.flink;

import dev.gyre.bench.stream.nexmark.Auction;
import dev.gyre.bench.stream.nexmark.Bid;
import dev.gyre.bench.stream.nexmark.LocalItem;
import dev.gyre.bench.stream.nexmark.MarketEvent;
import dev.gyre.bench.stream.nexmark.NewSeller;
import dev.gyre.bench.stream.nexmark.Person;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What joins need of a person or an auction: only that crosses the exchange. */
sealed interface Joinable {
    TypeInformation<Joinable> TYPE = Form.of(Joinable.class, Joinable::write, Joinable::read);

    /** The person that it is about. */
    long person();

    /** Who registered. */
    record Seller(long person, String name, String city, String state) implements Joinable {
        LocalItem localItem(Offer offer) {
            return new LocalItem(name, city, state, offer.auction);
        }

        NewSeller newSeller(Offer offer) {
            return new NewSeller(person, name, offer.reserve);
        }
    }

    /** What was offered. */
    record Offer(long person, long auction, long reserve) implements Joinable {}

    static Joinable of(MarketEvent event) {
        return switch (event) {
            case Person person -> new Seller(person.id(), person.name(), person.city(), person.state());
            case Auction auction -> new Offer(auction.seller(), auction.id(), auction.reserve());
            case Bid bid -> throw new IllegalArgumentException("bids are not joined: " + bid);
        };
    }

    private static void write(Joinable value, DataOutputView out) throws IOException {
        out.writeBoolean(value instanceof Seller);
        out.writeLong(value.person());
        switch (value) {
            case Seller seller -> {
                out.writeUTF(seller.name);
                out.writeUTF(seller.city);
                out.writeUTF(seller.state);
            }
            case Offer offer -> {
                out.writeLong(offer.auction);
                out.writeLong(offer.reserve);
            }
        }
    }

    private static Joinable read(DataInputView in) throws IOException {
        return in.readBoolean()
                ? new Seller(in.readLong(), in.readUTF(), in.readUTF(), in.readUTF())
                : new Offer(in.readLong(), in.readLong(), in.readLong());
    }
}
