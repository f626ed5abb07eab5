package dev.gyre.core.codec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells Jackson what the types say already: a component that is not {@code @Nullable} must be there. Left to itself Jackson
 * fills in null and 0, and a request with a misspelt field would be served with them. A tree holds a null of its own, so it may be one; an optional
 * is empty when it is null or not there.
 */
final class RequiredUnlessNullable extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    private static final List<Class<?>> OPTIONALS =
            List.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    static AnnotationIntrospector beforeJacksons() {
        return AnnotationIntrospector.pair(new RequiredUnlessNullable(), new JacksonAnnotationIntrospector());
    }

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return isRequired(member) ? Boolean.TRUE : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated member) {
        return isRequired(member) && !JsonNode.class.isAssignableFrom(member.getRawType())
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                : JsonSetter.Value.empty();
    }

    private static boolean isRequired(Annotated member) {
        if (!(member instanceof AnnotatedParameter parameter)
                || !(parameter.getOwner().getAnnotated() instanceof Executable constructor)
                || !constructor.getDeclaringClass().isRecord()) {
            return false;
        }
        int index = parameter.getIndex();
        return !OPTIONALS.contains(member.getRawType())
                && !marksNullable(constructor.getAnnotatedParameterTypes()[index])
                && !marksNullable(constructor.getParameters()[index]);
    }

    /** Whether any annotation named {@code Nullable} is there: there are many, and each means the same. */
    private static boolean marksNullable(AnnotatedElement element) {
        return Stream.of(element.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getSimpleName().equals("Nullable"));
    }
}
