package dev.breakwater.desktop.policies;

import dev.breakwater.desktop.parts.Field;
import dev.breakwater.desktop.texts.Texts;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;

/// The fields of a policy: the name over the whole width, the lengths of time two in a row.
public final class PolicyForm extends GridPane {

    private final Map<String, Field> fields = new LinkedHashMap<>();

    /// A form.
    ///
    /// @param begin what stands in it
    /// @param taken names that other policies have
    public PolicyForm(Texts texts, PolicyFields begin, Supplier<Collection<String>> taken) {
        getStyleClass().add("form");
        for (int i = 0; i < 2; i++) {
            ColumnConstraints half = new ColumnConstraints();
            half.setPercentWidth(50);
            getColumnConstraints().add(half);
        }
        for (String name : PolicyFields.FIELDS) {
            Field field = new Field(
                    "policy-" + name,
                    texts.get("policies.field." + name),
                    texts.get("policies.hint." + name),
                    () -> fields().problem(name, taken.get())
                            .map(word -> texts.get("policies.problem." + word))
                            .orElse(null));
            field.input().setText(begin.field(name));
            int place = fields.size() - 1;
            fields.put(name, field);
            if (place < 0) {
                add(field, 0, 0, 2, 1);
            } else {
                add(field, place % 2, 1 + place / 2);
            }
        }
    }

    /// Is told the field and its text whenever something is typed.
    public void onTyped(BiConsumer<String, String> typed) {
        fields.forEach((name, field) ->
                field.input().textProperty().addListener((property, before, now) -> typed.accept(name, now)));
    }

    /// What stands in it now.
    public PolicyFields fields() {
        PolicyFields now = PolicyFields.USUAL;
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            now = now.with(field.getKey(), field.getValue().input().getText());
        }
        return now;
    }

    /// Leaves the name out of sight: it stays as it is.
    void fixName() {
        getChildren().remove(field(PolicyFields.NAME));
        getChildren().forEach(field -> setRowIndex(field, getRowIndex(field) - 1));
    }

    /// Where a field is typed.
    TextField input(String field) {
        return field(field).input();
    }

    private Field field(String name) {
        return Optional.ofNullable(fields.get(name)).orElseThrow();
    }

    /// Shows what is wrong with every field.
    ///
    /// @return the first that is wrong
    public Optional<Node> firstProblem() {
        List<Field> wrong =
                fields.values().stream().filter(field -> !field.isRight()).toList();
        return wrong.stream().findFirst().map(Field::input);
    }
}
