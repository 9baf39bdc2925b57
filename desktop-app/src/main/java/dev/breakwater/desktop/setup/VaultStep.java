package dev.breakwater.desktop.setup;

import dev.breakwater.desktop.door.Figures;
import dev.breakwater.desktop.door.Snapshot;
import dev.breakwater.desktop.parts.CommandText;
import dev.breakwater.desktop.parts.FactRows;
import dev.breakwater.desktop.parts.Field;
import dev.breakwater.desktop.parts.Marks;
import dev.breakwater.desktop.texts.Texts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The vault. Where there is none it is made, its recovery key shown until it is kept, and the engine started.
final class VaultStep implements Step {

    private final SetupDesk desk;
    private final Texts texts;
    private final FirstRun firstRun;
    private final Field location;
    private final VBox making;
    private final CommandText key;
    private final Field proof;
    private final VBox keeping;
    private final FactRows facts;
    private final Label waiting = new Label();
    private final Label failure = new Label();
    private final VBox content = new VBox();
    private @Nullable String inHand;

    VaultStep(SetupDesk desk) {
        this.desk = desk;
        this.texts = desk.texts();
        this.firstRun = new FirstRun(desk.place().engine());
        location = new Field(
                "vault-location",
                texts.get("setup.vault.location"),
                texts.get("setup.vault.location.hint"),
                () -> VaultModel.problem(desk.answer(VaultModel.LOCATION))
                        .map(word -> texts.get("setup.vault.problem." + word))
                        .orElse(null));
        location.input().setText(desk.answer(VaultModel.LOCATION));
        location.input()
                .textProperty()
                .addListener((property, before, now) -> desk.answer(VaultModel.LOCATION, now.strip()));
        making = new VBox(location);
        making.getStyleClass().add("fields");
        Label shown = new Label(texts.get("setup.vault.key"));
        shown.setWrapText(true);
        key = new CommandText(texts, texts.get("setup.vault.key.name"));
        key.getStyleClass().add("recovery-key");
        proof = new Field(
                "vault-proof",
                texts.get("setup.vault.proof"),
                texts.get("setup.vault.proof.hint", VaultModel.PROOF),
                this::proofProblem);
        keeping = new VBox(shown, key, proof);
        keeping.getStyleClass().add("fields");
        facts = new FactRows(texts);
        waiting.setWrapText(true);
        waiting.getStyleClass().add("quiet");
        failure.getStyleClass().add("step-problem");
        failure.setGraphic(Marks.icon(Feather.ALERT_OCTAGON, "tone-danger"));
        failure.setWrapText(true);
        fail(null);
        content.getStyleClass().add("choices");
        readKeyInHand();
    }

    private void readKeyInHand() {
        try {
            inHand = firstRun.keyInHand().orElse(null);
        } catch (IOException e) {
            fail(texts.get("setup.vault.key-unreadable", String.valueOf(e.getMessage())));
        }
    }

    private @Nullable String proofProblem() {
        String present = inHand;
        boolean kept =
                present != null && VaultModel.isKept(present, proof.input().getText());
        return kept ? null : texts.get("setup.vault.problem.proof");
    }

    private void fail(@Nullable String words) {
        failure.setText(words);
        failure.setVisible(words != null);
        failure.setManaged(words != null);
    }

    /// What there is to do.
    private enum Phase {
        MAKE,
        KEEP,
        START,
        WAIT,
        THERE
    }

    private Phase phase() {
        if (desk.figures() != null) {
            return Phase.THERE;
        }
        if (inHand != null) {
            return desk.answer(VaultModel.KEPT).isEmpty() ? Phase.KEEP : Phase.START;
        }
        return desk.place().firstRun() ? Phase.MAKE : Phase.WAIT;
    }

    @Override
    public Node content() {
        return content;
    }

    @Override
    public void update(Snapshot snapshot) {
        Phase phase = phase();
        key.show(inHand == null ? "" : inHand);
        if (phase == Phase.THERE) {
            showFacts(snapshot);
            forgetKey();
        }
        waiting.setText(
                phase == Phase.START
                        ? texts.get("setup.vault.start")
                        : snapshot.problem() == null
                                ? texts.get("setup.vault.waiting")
                                : texts.get("setup.vault.silent", snapshot.problem()));
        Node body = switch (phase) {
            case MAKE -> making;
            case KEEP -> keeping;
            case START, WAIT -> waiting;
            case THERE -> facts;
        };
        if (!content.getChildren().equals(List.of(body, failure))) {
            content.getChildren().setAll(body, failure);
        }
    }

    private void showFacts(Snapshot snapshot) {
        Figures figures = snapshot.figures();
        facts.clear();
        facts.add(
                texts.get("setup.vault.location"),
                figures == null ? null : figures.status().vaultLocation());
        facts.add(
                texts.get("setup.vault.id"),
                figures == null ? null : figures.status().vaultId().toString());
    }

    /// The engine answers, so it has what it needs of the key; the person has shown that the key is kept.
    private void forgetKey() {
        if (inHand != null && !desk.answer(VaultModel.KEPT).isEmpty()) {
            try {
                firstRun.forgetKey();
                inHand = null;
                proof.input().clear();
                fail(null);
            } catch (IOException e) {
                fail(texts.get("setup.vault.key-stays", String.valueOf(e.getMessage())));
            }
        }
    }

    @Override
    public Optional<Node> firstProblem() {
        return switch (phase()) {
            case MAKE -> location.isRight() ? Optional.empty() : Optional.of(location.input());
            case KEEP -> proof.isRight() ? Optional.empty() : Optional.of(proof.input());
            case START, THERE -> Optional.empty();
            case WAIT -> Optional.of(content);
        };
    }

    @Override
    public List<String> creates() {
        return phase() == Phase.MAKE
                ? List.of(texts.get("setup.vault.creates"), texts.get("setup.vault.creates.engine"))
                : List.of();
    }

    @Override
    public Optional<String> nextWord() {
        return switch (phase()) {
            case MAKE -> Optional.of(texts.get("setup.vault.do.make"));
            case KEEP, START -> Optional.of(texts.get("setup.vault.do.start"));
            case WAIT, THERE -> Optional.empty();
        };
    }

    @Override
    public boolean next() {
        String place = desk.answer(VaultModel.LOCATION);
        switch (phase()) {
            case MAKE -> work(() -> firstRun.createVault(place), made -> inHand = made);
            case KEEP, START -> {
                desk.answer(VaultModel.KEPT, "yes");
                work(
                        () -> {
                            firstRun.startEngine(place);
                            return place;
                        },
                        started -> desk.context().door().refresh());
            }
            case WAIT, THERE -> {
                return true;
            }
        }
        return false;
    }

    /// Does what takes seconds on a thread of its own; what went wrong is shown, and Next tries it again.
    private <T> void work(Callable<T> task, Consumer<T> done) {
        fail(null);
        desk.busy(true);
        Thread.ofVirtual().name("set-up").start(() -> {
            try {
                T result = task.call();
                Platform.runLater(() -> {
                    done.accept(result);
                    desk.busy(false);
                });
            } catch (Exception e) {
                Platform.runLater(() -> {
                    fail(String.valueOf(e.getMessage()));
                    desk.busy(false);
                });
            }
        });
    }
}
