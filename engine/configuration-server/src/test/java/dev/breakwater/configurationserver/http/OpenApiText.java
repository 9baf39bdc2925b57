package dev.breakwater.configurationserver.http;

import dev.breakwater.configurationserver.access.Access;
import dev.breakwater.configurationserver.access.AccessRules;
import dev.breakwater.control.ApiError;
import dev.breakwater.control.processserver.SealingKey;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Renders the description of the interface from its operations and the records they carry.
final class OpenApiText {

    /// Ends the name of a parameter that is no number.
    private static final String TEXT = ":text";

    /// An operation.
    record Operation(
            String method,
            String path,
            String summary,
            List<String> query,
            Class<?> takes,
            Class<?> gives,
            boolean many,
            String text) {

        static Operation of(String method, String path, String summary) {
            return new Operation(method, path, summary, List.of(), null, null, false, null);
        }

        Operation query(String... names) {
            return new Operation(method, path, summary, List.of(names), takes, gives, many, text);
        }

        Operation takes(Class<?> type) {
            return new Operation(method, path, summary, query, type, gives, many, text);
        }

        Operation gives(Class<?> type) {
            return new Operation(method, path, summary, query, takes, type, false, text);
        }

        Operation givesMany(Class<?> type) {
            return new Operation(method, path, summary, query, takes, type, true, text);
        }

        Operation givesText(String contentType) {
            return new Operation(method, path, summary, query, takes, null, false, contentType);
        }

        String key() {
            return method + " " + path;
        }
    }

    private final StringBuilder out = new StringBuilder();
    private final Map<String, Class<?>> schemas = new TreeMap<>();
    private final Queue<Class<?>> pending = new ArrayDeque<>();

    static String render(List<Operation> operations, List<AccessRules.Rule> offered) {
        return new OpenApiText().document(operations, offered);
    }

    private String document(List<Operation> operations, List<AccessRules.Rule> offered) {
        out.append("""
                openapi: 3.1.0
                info:
                  title: Breakwater configuration server
                  version: v1
                  license:
                    name: Apache-2.0
                    identifier: Apache-2.0
                components:
                  securitySchemes:
                    certificate:
                      type: mutualTLS
                      description: A certificate of this installation's authority; its role must be x-role or may more.
                """);
        StringBuilder paths = new StringBuilder("paths:\n");
        Map<String, List<Operation>> byPath = new TreeMap<>();
        operations.forEach(operation -> byPath.computeIfAbsent(operation.path(), path -> new java.util.ArrayList<>())
                .add(operation));
        byPath.forEach((path, atPath) -> {
            paths.append("  ").append(path).append(":\n");
            atPath.forEach(operation -> paths.append(operation(operation, offered)));
        });
        reference(ApiError.class);
        out.append("  schemas:\n");
        Map<String, String> texts = new TreeMap<>();
        while (!pending.isEmpty()) {
            Class<?> type = pending.remove();
            texts.put(type.getSimpleName(), schema(type));
        }
        texts.values().forEach(out::append);
        return out.append(paths).toString();
    }

    private String operation(Operation operation, List<AccessRules.Rule> offered) {
        StringBuilder text = new StringBuilder();
        text.append("    ").append(operation.method().toLowerCase(Locale.ROOT)).append(":\n");
        text.append("      summary: ").append(operation.summary()).append('\n');
        offered.stream()
                .filter(resource -> resource.method().equals(operation.method())
                        && resource.path().equals(operation.path())
                        && resource.who() != Access.ANYBODY)
                .forEach(resource -> text.append("      security: [{certificate: []}]\n      x-role: ")
                        .append(resource.who().word())
                        .append('\n'));
        Matcher parameters = Pattern.compile("\\{(\\w+)}").matcher(operation.path());
        StringBuilder list = new StringBuilder();
        while (parameters.find()) {
            list.append("        - {name: ").append(parameters.group(1));
            list.append(", in: path, required: true, schema: {type: string}}\n");
        }
        operation
                .query()
                .forEach(name -> list.append("        - {name: ")
                        .append(name.replace(TEXT, ""))
                        .append(", in: query, schema: {type: ")
                        .append(name.endsWith(TEXT) ? "string" : "integer")
                        .append("}}\n"));
        if (!list.isEmpty()) {
            text.append("      parameters:\n").append(list);
        }
        if (operation.takes() != null) {
            text.append("      requestBody: {required: true, content: {application/json: {schema: ")
                    .append(reference(operation.takes()))
                    .append("}}}\n");
        }
        return text.append("      responses:\n").append(answers(operation)).toString();
    }

    private String answers(Operation operation) {
        String failure = "        default: {description: Refused, content: {application/json: {schema: "
                + reference(ApiError.class) + "}}}\n";
        if (operation.text() != null) {
            return "        '200': {description: Answer, content: {" + operation.text()
                    + ": {schema: {type: string}}}}\n" + failure;
        }
        if (operation.gives() == null) {
            return "        '204': {description: Done}\n" + failure;
        }
        String schema = reference(operation.gives());
        return "        '200': {description: Answer, content: {application/json: {schema: "
                + (operation.many() ? "{type: array, items: " + schema + "}" : schema) + "}}}\n" + failure;
    }

    private String schema(Class<?> type) {
        StringBuilder text = new StringBuilder("    " + type.getSimpleName() + ":\n");
        if (type.isEnum()) {
            return text.append("      enum: ")
                    .append(Arrays.toString(type.getEnumConstants()))
                    .append('\n')
                    .toString();
        }
        text.append("      type: object\n");
        List<String> required = Arrays.stream(type.getRecordComponents())
                .filter(component -> !nullable(component))
                .map(RecordComponent::getName)
                .toList();
        text.append("      required: ").append(required).append('\n');
        text.append("      properties:\n");
        for (RecordComponent component : type.getRecordComponents()) {
            text.append("        ").append(component.getName()).append(": ");
            text.append(of(component.getGenericType())).append('\n');
        }
        return text.toString();
    }

    private static boolean nullable(RecordComponent component) {
        AnnotatedElement type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private String of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? "{type: object, additionalProperties: " + of(arguments[1]) + "}"
                    : "{type: array, items: " + of(arguments[0]) + "}";
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return "{type: string}";
        } else if (plain == int.class || plain == long.class || plain == Integer.class || plain == Long.class) {
            return "{type: integer, format: " + (plain == int.class || plain == Integer.class ? "int32" : "int64")
                    + "}";
        } else if (plain == double.class || plain == Double.class) {
            return "{type: number, format: double}";
        } else if (plain == boolean.class) {
            return "{type: boolean}";
        } else if (plain == Instant.class) {
            return "{type: string, format: date-time}";
        } else if (plain == Duration.class) {
            return "{type: string, format: duration}";
        } else if (plain == UUID.class || plain.getSimpleName().endsWith("Id")) {
            return "{type: string, format: uuid}";
        } else if (plain == SealingKey.class) {
            return "{type: string, contentEncoding: base64}";
        }
        return reference(plain);
    }

    private String reference(Class<?> type) {
        if (schemas.putIfAbsent(type.getSimpleName(), type) == null) {
            pending.add(type);
        } else if (schemas.get(type.getSimpleName()) != type) {
            throw new IllegalStateException("Two messages are called " + type.getSimpleName());
        }
        return "{$ref: '#/components/schemas/" + type.getSimpleName() + "'}";
    }
}
