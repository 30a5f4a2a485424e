package io.plumbline.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void helpNamesTheCommandsAndTheEnvironment() {
        Called called = Called.plumbline("--help");

        assertThat(called.exitCode()).isZero();
        assertThat(called.err()).isEmpty();
        assertThat(called.out()).contains("run ", "plan ", "PLUMBLINE_LOG_LEVEL", "Exit codes:");
    }

    @Test
    void everyCommandHasHelpOfItsOwn() {
        Called plan = Called.plumbline("plan", "--help");
        Called run = Called.plumbline("run", "-h");

        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out()).contains("Usage: plumbline plan", "--live", "Exit codes:", "Example:");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: plumbline run", "TENCENTCLOUD_SECRET_ID", "PLUMBLINE_LOG_LEVEL");
    }

    @Test
    void versionIsPrinted() {
        assertThat(Called.plumbline("--version")).isEqualTo(new Called(0, "plumbline 0.1.0\n", ""));
    }

    @Test
    void unknownCommandIsAnErrorWithAHint() {
        Called called = Called.plumbline("plna");

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).contains("plna", "Did you mean: plumbline plan?", "Try: plumbline --help");
    }

    @Test
    void noCommandAtAllIsAnError() {
        Called called = Called.plumbline();

        assertThat(called.exitCode()).isEqualTo(1);
        assertThat(called.err()).contains("Try: plumbline --help");
    }
}
