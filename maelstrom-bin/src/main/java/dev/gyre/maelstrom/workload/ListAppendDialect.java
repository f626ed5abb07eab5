package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.checker.elle.ListAppendChecker;
import dev.gyre.core.checker.elle.ListOp;
import dev.gyre.core.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code txn-list-append}: lists that are read and appended to. */
record ListAppendDialect(Set<ConsistencyModel> models) implements TxnDialect<ListOp> {
    @Override
    public String name() {
        return "txn-list-append";
    }

    @Override
    public String writeFunction() {
        return "append";
    }

    @Override
    public ListOp read(String key) {
        return ListOp.read(key);
    }

    @Override
    public ListOp write(String key, long value) {
        return ListOp.append(key, value);
    }

    @Override
    public boolean isRead(ListOp part) {
        return part instanceof ListOp.Read;
    }

    /** A list that nobody appended to is {@code null} or empty. */
    @Override
    public ListOp answered(String key, JsonNode value) throws MalformedReply {
        if (!value.isNull() && !ReplySchema.Kind.INTEGERS.accepts(value)) {
            throw new MalformedReply("a read of a list shows " + value + "; expected null, or an array of integers");
        }
        var elements = new ArrayList<Long>(value.size());
        value.forEach(element -> elements.add(element.longValue()));
        return new ListOp.Read(key, elements);
    }

    @Override
    public String key(ListOp part) {
        return part.key();
    }

    @Override
    public JsonNode value(ListOp part) {
        var nodes = JsonNodeFactory.instance;
        return switch (part) {
            case ListOp.Append(var key, long value) -> nodes.numberNode(value);
            case ListOp.Read(var key, var elements) when elements.isEmpty() -> NullNode.getInstance();
            case ListOp.Read(var key, var elements) -> {
                var array = nodes.arrayNode(elements.size());
                elements.forEach(array::add);
                yield array;
            }
        };
    }

    @Override
    public CheckResult check(List<Operation<List<ListOp>, List<ListOp>>> history) {
        return new ListAppendChecker(models).check(history);
    }
}
