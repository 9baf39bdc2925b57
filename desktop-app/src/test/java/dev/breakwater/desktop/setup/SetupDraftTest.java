package dev.breakwater.desktop.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupDraftTest {

    private static final SetupDraft BEGUN = SetupDraft.beginningAt("vault");

    @TempDir
    private Path folder;

    @Test
    @DisplayName("a change of a done step marks the done steps after it, and no other")
    void changeMarksLaterSteps() {
        SetupDraft draft = BEGUN.completed("vault").completed("policy").completed("protect");

        SetupDraft changed = draft.answered("policy.name", "gold", Steps.WORDS);

        assertThat(changed.stateOf("vault")).isEqualTo(SetupDraft.State.DONE);
        assertThat(changed.stateOf("policy")).isEqualTo(SetupDraft.State.DONE);
        assertThat(changed.stateOf("protect")).isEqualTo(SetupDraft.State.AGAIN);
        assertThat(changed.stateOf("review")).isEqualTo(SetupDraft.State.OPEN);
        assertThat(changed.completed("protect").stateOf("protect")).isEqualTo(SetupDraft.State.DONE);
    }

    @Test
    @DisplayName("the same answer again, or one of a step that is not done, marks nothing")
    void sameAnswerMarksNothing() {
        SetupDraft draft = BEGUN.answered("policy.name", "gold", Steps.WORDS)
                .completed("policy")
                .completed("protect");

        assertThat(draft.answered("policy.name", "gold", Steps.WORDS).again()).isEmpty();
        assertThat(draft.answered("source.kind", "COMPUTER", Steps.WORDS).again())
                .isEmpty();
    }

    @Test
    @DisplayName("what was saved is found again: step, answers, what is done and what is in doubt")
    void savedAndFound() throws IOException {
        SetupDraft draft = BEGUN.answered("policy.name", "gold", Steps.WORDS)
                .completed("policy")
                .completed("protect")
                .answered("policy.name", "silver", Steps.WORDS)
                .at("protect");
        DraftFile file = new DraftFile(folder.resolve("deeper").resolve("setup.json"));

        file.save(draft);

        assertThat(file.load(Steps.WORDS)).isEqualTo(new DraftFile.Found(draft, null));
    }

    @Test
    @DisplayName("a draft that is damaged, of a later version or at an unknown step is put aside, not deleted")
    void damagedIsPutAside() throws IOException {
        Path place = folder.resolve("setup.json");
        for (String text : new String[] {
            "{\"format\":\"breakwater-setup-draft\",\"version\":2,\"step\":\"vault\",\"answers\":{},\"done\":[],\"again\":[]}",
            "{\"format\":\"breakwater-setup-draft\",\"version\":1,\"step\":\"moon\",\"answers\":{},\"done\":[],\"again\":[]}",
            "{\"format\":\"breakwater-setup-draft\",\"version\":1,\"step\":\"vault\"}",
            "[1",
            ""
        }) {
            Files.writeString(place, text);

            DraftFile.Found found = new DraftFile(place).load(Steps.WORDS);

            assertThat(found.draft()).isEqualTo(BEGUN);
            assertThat(found.aside()).as(text).isNotNull().hasContent(text);
            assertThat(place).doesNotExist();
        }
    }

    @Test
    @DisplayName("the navigation counts the step that is open, from the first that was done until all are")
    void badge() {
        assertThat(SetupProgress.badge(BEGUN)).isEmpty();
        SetupDraft third = BEGUN.completed("vault").at("target");
        assertThat(SetupProgress.badge(third)).isEqualTo("3/8");
        SetupDraft all = third;
        for (String word : Steps.WORDS) {
            all = all.completed(word);
        }
        assertThat(SetupProgress.badge(all)).isEmpty();
        assertThat(SetupProgress.badge(all.answered("policy.name", "x", Steps.WORDS)))
                .isEqualTo("3/8");
    }
}
