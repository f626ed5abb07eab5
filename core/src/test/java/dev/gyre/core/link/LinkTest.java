package dev.gyre.core.link;

import static dev.gyre.core.link.SmallNet.firsts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.core.link.LinkEvent.Half;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The conformance cases of spec/shuffle.md, section 3; C12 is {@link LinkSweepTest}, C15 {@link FrameCodecTest}. */
class LinkTest {
    private static final Stamp STAMP = new Stamp(1, 1);
    private final SmallNet net = new SmallNet();
    private final Links<Load> one = net.node("1", 1);
    private Links<Load> two = net.node("2", 1);

    private Sent send(Links<Load> from, String to, String channel, long id) {
        return from.trySend(to, channel, STAMP, Load.of(id, 1), net.now);
    }

    private void deliver(Links<Load> from, String to, String channel, long... ids) {
        for (long id : ids) {
            assertThat(send(from, to, channel, id)).isEqualTo(new Sent.Accepted());
        }
        net.settle();
    }

    @Test
    void c1FirstMessageArrivesFromWhomTheHandshakeNamed() {
        deliver(one, "2", "op", 7);
        assertThat(two.poll("1", "op")).hasValueSatisfying(arrival -> {
            assertThat(arrival.peer()).isEqualTo("1");
            assertThat(arrival.incarnation()).isEqualTo(1);
            assertThat(SmallNet.first(arrival)).isEqualTo(7);
        });
        assertThat(net.frames.get(0)).isInstanceOf(LinkFrame.Hello.class);
    }

    @Test
    void c1AnythingElseFirstIsRefused() {
        var answers = net.give("2", "1", new LinkFrame.Ping<>(new Connection(1, 1, 1), 1));
        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.frame())
                        .isEqualTo(new LinkFrame.Refused<>(
                                new Connection(1, 1, 1), "the first frame of a connection is Hello, not Ping")));
    }

    @Test
    void c2FourMessagesKeepTheirOrderOnOneConnection() {
        deliver(one, "2", "op", 10, 20);
        deliver(one, "2", "op", 30, 40);
        assertThat(net.drain("2", "op")).containsExactly(10L, 20L, 30L, 40L);
        assertThat(net.connects).containsExactly(new Output.Connect("2", "2:1", 1));
    }

    @Test
    void c3UnknownNodeIsNotFoundAtOnce() {
        assertThat(send(one, "99", "op", 1)).isEqualTo(new Sent.NotFound("99"));
    }

    @Test
    void c4RegistryIsAskedFirstAndWhatIsConfiguredSecond() {
        AddressBook registry = peer -> peer.equals("2") ? Optional.of("registry") : Optional.empty();
        AddressBook configured = peer -> peer.equals("9") ? Optional.empty() : Optional.of("configured");
        var both = AddressBook.first(registry, configured);
        assertThat(both.find("2")).contains("registry");
        assertThat(both.find("3")).contains("configured");
        assertThat(both.find("9")).isEmpty();
    }

    @Test
    void c5SameLifeOnAnotherPortGetsTheNextMessageWithoutARetry() {
        deliver(one, "2", "op", 111);
        net.nodes.remove("2");
        net.addresses.put("2", "2:2");
        one.step(new Input.Cut<>("2", 1, "reset"), net.now);
        assertThat(send(one, "2", "op", 222).isAccepted()).isTrue();
        net.nodes.put("2", two);
        net.pass(Duration.ofMillis(100));
        assertThat(net.drain("2", "op")).containsExactly(111L, 222L);
        assertThat(net.connects).extracting(Output.Connect::address).containsExactly("2:1", "2:2");
    }

    @Test
    void c5NewLifeOfTheReceiverLosesTheEpochAndNothingOfItPasses() {
        deliver(one, "2", "op", 111);
        two = net.node("2", 2);
        assertThat(send(one, "2", "op", 222).isAccepted()).isTrue();
        net.pass(Duration.ofMillis(300));
        assertThat(net.events).contains(new LinkEvent.PeerRestarted("2", Half.SENDING, 2, 1));
        assertThat(two.drainAll(net.now)).isEmpty();
        assertThat(send(one, "2", "op", 333)).isEqualTo(new Sent.EpochLost(1));
        assertThat(one.trySendBarrier("2", "op", STAMP, 1, net.now)).isEqualTo(new Sent.EpochLost(1));
        assertThat(one.trySend("2", "op", new Stamp(2, 1), Load.of(444, 1), net.now)
                        .isAccepted())
                .isTrue();
        net.settle();
        assertThat(net.drain("2", "op")).containsExactly(444L);
    }

    @Test
    void c5NewLifeOfTheSenderLosesTheEpochAtTheReceiver() {
        deliver(one, "2", "op", 111);
        var again = net.node("1", 2);
        deliver(again, "2", "op", 222);
        assertThat(net.events).contains(new LinkEvent.PeerRestarted("1", Half.RECEIVING, 2, 1));
        assertThat(two.drainAll(net.now)).isEmpty();
        assertThat(net.events).contains(new LinkEvent.ItemsRefused("2", 1, Stamp.ZERO));
    }

    @Test
    void lifeThatTheOwnerKnowsOfIsTheOnlyOneThatIsReached() {
        deliver(one, "2", "op", 111);
        one.expect("2", 2, net.now);
        assertThat(one.trySend("2", "op", new Stamp(2, 1), Load.of(222, 1), net.now))
                .isEqualTo(new Sent.Accepted());
        net.settle();
        assertThat(net.drain("2", "op")).containsExactly(111L); // by the life that is over
        two = net.node("2", 2);
        net.pass(Duration.ofMillis(500));
        assertThat(net.drain("2", "op")).containsExactly(222L);
        assertThat(net.events).containsOnlyOnce(new LinkEvent.PeerRestarted("2", Half.SENDING, 2, 1));
        one.expect("2", 2, net.now);
        assertThat(one.trySend("2", "op", STAMP, Load.of(333, 1), net.now)).isEqualTo(new Sent.EpochLost(1));
    }

    @Test
    void c6PrefixDrainTakesItsStagesAndLeavesBarrierAndOthers() {
        deliver(one, "2", "sub::alpha", 1);
        deliver(one, "2", "sub::beta", 2);
        deliver(one, "2", "op", 3);
        assertThat(one.trySendBarrier("2", "sub::beta", new Stamp(7, 1), 3, net.now)
                        .isAccepted())
                .isTrue();
        net.settle();
        assertThat(two.drainBarriers(net.now)).isEmpty(); // data waits in front of it
        assertThat(firsts(two.drainPrefix("sub::", net.now))).containsExactly(1L, 2L);
        assertThat(two.drainPrefix("sub::", net.now)).isEmpty();
        assertThat(two.drainBarriers(net.now)).singleElement().satisfies(barrier -> {
            assertThat(barrier.peer()).isEqualTo("1");
            assertThat(barrier.stamp().epoch()).isEqualTo(7);
            assertThat(SmallNet.first(barrier)).isEqualTo(3);
        });
        assertThat(firsts(two.drainAll(net.now))).containsExactly(3L);
        assertThat(two.drainAll(net.now)).isEmpty();
    }

    @Test
    void c7RecordThatDoesNotFitItsChannelIsRefusedAtTheSenderAlone() {
        deliver(one, "2", "x", 1);
        assertThat(one.trySend("2", "x", STAMP, new Load(2, 1, "b"), net.now))
                .isEqualTo(new Sent.Unfit("channel x to 2: carries schema a, not b"));
        assertThat(one.trySend("2", "y", STAMP, new Load(3, 1, "b"), net.now).isAccepted())
                .isTrue();
        deliver(one, "2", "x", 4);
        assertThat(net.drain("2", "x")).containsExactly(1L, 4L);
        assertThat(net.drain("2", "y")).containsExactly(3L);
    }

    @Test
    void c7SchemaTravelsOnceAConnection() {
        deliver(one, "2", "x", 1, 2);
        one.step(new Input.Cut<>("2", 1, "reset"), net.now);
        net.pass(Duration.ofMillis(50));
        deliver(one, "2", "x", 3, 4);
        assertThat(net.frames.stream()
                        .filter(LinkFrame.Item.class::isInstance)
                        .map(frame -> ((LinkFrame.Item<Load>) frame).schema().isPresent()))
                .containsExactly(true, false, true, false);
    }

    @Test
    void c8BothDirectionsAtOnceKeepTheirOrder() {
        for (long i = 1; i <= 3; i++) {
            assertThat(send(one, "2", "op", i).isAccepted()).isTrue();
            assertThat(send(two, "1", "op", 10 * i).isAccepted()).isTrue();
        }
        net.settle();
        assertThat(net.drain("2", "op")).containsExactly(1L, 2L, 3L);
        assertThat(net.drain("1", "op")).containsExactly(10L, 20L, 30L);
    }

    @Test
    void c9BarrierToTwoPeersIsReleasedByEachWithItsOwnSecondInput() {
        var three = net.node("3", 1);
        var outcomes = one.trySendBarriers(List.of("2", "3", "99"), "op", STAMP, 5, net.now);
        assertThat(outcomes)
                .containsEntry("2", new Sent.Accepted())
                .containsEntry("3", new Sent.Accepted())
                .containsEntry("99", new Sent.NotFound("99"));
        net.settle();
        var atTwo = new BarrierAlignment(List.of("1", "local"));
        var atThree = new BarrierAlignment(List.of("1", "local"));
        assertThat(arrive(atTwo, two.drainBarriers(net.now).get(0))).isFalse();
        assertThat(arrive(atThree, three.drainBarriers(net.now).get(0))).isFalse();
        assertThat(atThree.arrive("local", 1, 1, 5)).isTrue();
        assertThat(atTwo.pending()).isEqualTo(1);
        assertThat(atTwo.arrive("local", 1, 1, 5)).isTrue();
    }

    private static boolean arrive(BarrierAlignment alignment, Arrival<Load> barrier) {
        return alignment.arrive(
                barrier.peer(), barrier.incarnation(), barrier.stamp().epoch(), SmallNet.first(barrier));
    }

    @Test
    void c10EachSnapshotIsAlignedOnItsOwnAndDuplicatesChangeNothing() {
        var alignment = new BarrierAlignment(List.of("a", "b", "c"));
        assertThat(alignment.arrive("a", 1, 1, 1)).isFalse();
        assertThat(alignment.arrive("a", 1, 1, 1)).isFalse();
        assertThat(alignment.arrive("b", 1, 1, 2)).isFalse();
        assertThat(alignment.arrive("b", 1, 1, 1)).isFalse();
        assertThat(alignment.arrive("a", 1, 1, 2)).isFalse();
        assertThat(alignment.arrive("c", 1, 1, 2)).isTrue();
        assertThat(alignment.pending()).isEqualTo(1);
        assertThat(alignment.arrive("c", 1, 1, 1)).isTrue();
        assertThat(alignment.arrive("c", 1, 1, 1)).isFalse();
        assertThat(alignment.pending()).isZero();
    }

    @Test
    void c10BarrierOfALifeThatIsOverDoesNotCount() {
        var alignment = new BarrierAlignment(List.of("a", "b"));
        assertThat(alignment.arrive("a", 1, 1, 1)).isFalse();
        assertThat(alignment.arrive("a", 2, 1, 2)).isFalse();
        assertThat(alignment.arrive("b", 1, 1, 1)).isFalse();
        assertThat(alignment.arrive("a", 1, 1, 1)).isFalse();
        assertThat(alignment.arrive("b", 1, 1, 2)).isTrue();
        assertThatThrownBy(() -> alignment.arrive("z", 1, 1, 1)).hasMessageContaining("none of [a, b]");
    }

    @Test
    void c11StalledConsumerCostsItsChannelAloneAndBarriersStillPass() {
        long id = 1;
        while (send(one, "2", "slow", id).isAccepted()) {
            id++;
            net.settle();
        }
        assertThat(send(one, "2", "slow", id)).isEqualTo(new Sent.NoCredit());
        assertThat(id).isEqualTo(1 + 2000 / 104);
        assertThat(two.state("1", net.now).queuedBytes()).isEqualTo(19 * 104);
        assertThat(one.trySendBarrier("2", "slow", STAMP, 9, net.now).isAccepted())
                .isTrue();
        deliver(one, "2", "fast", 1000);
        assertThat(net.drain("2", "fast")).containsExactly(1000L);
        assertThat(two.drainBarriers(net.now)).isEmpty();
        net.events.clear();
        assertThat(net.drain("2", "slow")).hasSize(19);
        assertThat(two.drainBarriers(net.now)).hasSize(1);
        net.settle();
        assertThat(net.events).contains(new LinkEvent.CreditBack("2", "slow"));
        assertThat(send(one, "2", "slow", id).isAccepted()).isTrue();
    }

    @Test
    void c11CreditComesBackOnlyWhenConsumed() {
        for (long id = 1; id <= 19; id++) {
            deliver(one, "2", "op", id);
        }
        var taken = two.poll("1", "op").orElseThrow();
        net.pass(Duration.ofMillis(100));
        assertThat(send(one, "2", "op", 20)).isEqualTo(new Sent.NoCredit());
        two.consumed(taken, net.now);
        net.settle();
        assertThat(send(one, "2", "op", 20).isAccepted()).isTrue();
    }

    @Test
    void c14StaleVersionIsRefusedAndTheSenderTold() {
        deliver(one, "2", "op", 1);
        two.fence(new Stamp(1, 2), net.now); // refuses also what waits
        net.settle();
        assertThat(two.drainAll(net.now)).isEmpty();
        assertThat(net.events).contains(new LinkEvent.ItemsRefused("2", 1, new Stamp(1, 2)));
        assertThat(send(one, "2", "op", 2)).isEqualTo(new Sent.Stale(new Stamp(1, 2)));
    }

    @Test
    void c14BarrierBehindRefusedItemsOfItsEpochDoesNotCount() {
        deliver(one, "2", "op", 1);
        assertThat(one.trySendBarrier("2", "op", new Stamp(1, 2), 5, net.now).isAccepted())
                .isTrue();
        net.settle();
        two.fence(new Stamp(1, 2), net.now);
        net.settle();
        assertThat(net.events).contains(new LinkEvent.BarrierBroken("1", "op", 1, 5));
        assertThat(two.drainAll(net.now)).isEmpty();
    }

    @Test
    void closeIsAnsweredOnlyWhenTheTailHasArrived() {
        deliver(one, "2", "op", 1);
        net.passes = (to, frame) -> !(frame instanceof LinkFrame.Item);
        assertThat(send(one, "2", "op", 2).isAccepted()).isTrue();
        one.close("2", net.now);
        net.settle();
        assertThat(net.events).noneMatch(LinkEvent.Closed.class::isInstance);
        assertThat(send(one, "2", "op", 3)).isEqualTo(new Sent.Closing());
        net.passes = (to, frame) -> true;
        net.pass(Duration.ofMillis(200));
        assertThat(net.events).contains(new LinkEvent.PeerClosed("1"), new LinkEvent.Closed("2"));
        assertThat(net.drain("2", "op")).containsExactly(1L, 2L);
        deliver(one, "2", "op", 4); // the next send opens it anew
        assertThat(net.drain("2", "op")).containsExactly(4L);
    }
}
