package dev.gyre.core.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells Jackson what a sealed interface of records says already, where a component of a record is one: its value is one of those records, and
 * {@code type} names which. So a part of a message looks as messages do, and only what the interface permits is ever made of it.
 */
final class SealedComponents extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    private static boolean isSealed(Annotated type) {
        return type.getRawType().isInterface() && type.getRawType().isSealed();
    }

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
            MapperConfig<?> config, AnnotatedClass type, JavaType base) {
        return isSealed(type)
                ? new StdTypeResolverBuilder()
                        .init(JsonTypeInfo.Id.NAME, null)
                        .inclusion(JsonTypeInfo.As.PROPERTY)
                        .typeProperty(PayloadType.FIELD)
                : null;
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated type) {
        return isSealed(type)
                ? PayloadTypes.of(type.getRawType()).byName().values().stream()
                        .map(one -> new NamedType(one.payloadClass(), one.name()))
                        .toList()
                : null;
    }
}
