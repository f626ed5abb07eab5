package dev.gyre.maelstrom.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.gyre.core.checker.CheckResult;
import dev.gyre.core.checker.elle.ConsistencyModel;
import dev.gyre.core.checker.elle.RegisterOp;
import dev.gyre.core.checker.elle.RwRegisterChecker;
import dev.gyre.core.history.Operation;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** {@code txn-rw-register}: registers that are read and overwritten. */
record RegisterDialect(Set<ConsistencyModel> models) implements TxnDialect<RegisterOp> {
    @Override
    public String name() {
        return "txn-rw-register";
    }

    @Override
    public String writeFunction() {
        return "w";
    }

    @Override
    public RegisterOp read(String key) {
        return RegisterOp.read(key);
    }

    @Override
    public RegisterOp write(String key, long value) {
        return RegisterOp.write(key, value);
    }

    @Override
    public boolean isRead(RegisterOp part) {
        return part instanceof RegisterOp.Read;
    }

    /** A register that nobody wrote to is {@code null}. */
    @Override
    public RegisterOp answered(String key, JsonNode value) throws MalformedReply {
        if (value.isNull()) {
            return RegisterOp.read(key);
        }
        if (!ReplySchema.Kind.INTEGER.accepts(value)) {
            throw new MalformedReply("a read of a register shows " + value + "; expected null, or an integer");
        }
        return RegisterOp.read(key, value.longValue());
    }

    @Override
    public String key(RegisterOp part) {
        return part.key();
    }

    @Override
    public JsonNode value(RegisterOp part) {
        return switch (part) {
            case RegisterOp.Write(var key, long value) -> JsonNodeFactory.instance.numberNode(value);
            case RegisterOp.Read(var key, OptionalLong value) ->
                value.isPresent() ? JsonNodeFactory.instance.numberNode(value.getAsLong()) : NullNode.getInstance();
        };
    }

    @Override
    public CheckResult check(List<Operation<List<RegisterOp>, List<RegisterOp>>> history) {
        return new RwRegisterChecker(models).check(history);
    }
}
