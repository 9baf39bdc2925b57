package dev.breakwater.launcher.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.control.admin.JobStep;
import dev.breakwater.control.admin.StableWord;
import dev.breakwater.recovery.FlowStep;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A step of a test failover")
class FlowStepsTest {

    @ParameterizedTest
    @EnumSource
    @DisplayName("is a step that the interface knows, so that a console can word it")
    void known(FlowStep step) {
        assertThat(StableWord.of(JobStep.class, step.word())).isPresent();
    }
}
