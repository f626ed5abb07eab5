package dev.gyre.examples.rafttotals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gyre.examples.rafttotals.RaftTotalsNode.Msg;
import dev.gyre.examples.rafttotals.RaftTotalsNode.Totals;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TotalsTest {
    private final Totals totals = new Totals(new TreeMap<>());

    @Test
    void eachKeyHasATotalOfItsOwn() {
        assertThat(totals.serve(new Msg.Add("a", 3))).isEqualTo(new Msg.AddOk());
        totals.serve(new Msg.Add("a", -5));
        totals.serve(new Msg.Add("b", 7));
        assertThat(totals.serve(new Msg.Total("a"))).isEqualTo(new Msg.TotalOk(-2));
        assertThat(totals.serve(new Msg.Total("b"))).isEqualTo(new Msg.TotalOk(7));
        assertThat(totals.serve(new Msg.Total("c"))).isEqualTo(new Msg.TotalOk(0));
        assertThat(totals.totals()).containsOnlyKeys("a", "b");
    }

    @Test
    void readsAloneNeedNoEntry() {
        assertThat(totals.isRead(new Msg.Total("a"))).isTrue();
        assertThat(totals.isRead(new Msg.Add("a", 1))).isFalse();
    }

    @Test
    void addThatDoesNotFitIsRefusedAndChangesNothing() {
        totals.serve(new Msg.Add("a", Long.MAX_VALUE));
        assertThatThrownBy(() -> totals.serve(new Msg.Add("a", 1))).hasMessageContaining("no 64-bit total");
        assertThat(totals.serve(new Msg.Total("a"))).isEqualTo(new Msg.TotalOk(Long.MAX_VALUE));
    }

    @Test
    void replyIsNoRequest() {
        assertThatThrownBy(() -> totals.serve(new Msg.AddOk())).hasMessageContaining("reply");
        assertThatThrownBy(() -> totals.serve(new Msg.TotalOk(1))).hasMessageContaining("reply");
    }
}
