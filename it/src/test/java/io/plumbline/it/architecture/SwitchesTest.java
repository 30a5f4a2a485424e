package io.plumbline.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A switch over our own sealed types or enums has no `default`: a new alternative must break the build at every
/// place that cares. The compiler itself is asked for the type of each switch.
class SwitchesTest {
    @Test
    void noSwitchOverOurOwnAlternativesHasADefault() throws IOException {
        Found found = scan(Repository.MODULES.stream()
                .flatMap(module -> Repository.files(module + "/src/main/java", ".java").stream())
                .toList());

        assertThat(found.defaults).isEmpty();
        assertThat(found.seen).as("switches over our own types").isGreaterThan(20);
    }

    private static Found scan(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-Xlint:none", "-cp", System.getProperty("java.class.path"));
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, diagnostic -> {}, options, null, files.getJavaFileObjectsFromPaths(sources));
            Found found = new Found(Trees.instance(task), task);
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            task.analyze();
            units.forEach(unit -> found.scan(unit, null));
            return found;
        }
    }

    /// Walks through every source and looks at its switches.
    private static final class Found extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final Trees trees;
        private final JavacTask task;
        private final List<String> defaults = new ArrayList<>();
        private int seen;

        Found(Trees trees, JavacTask task) {
            this.trees = trees;
            this.task = task;
        }

        @Override
        public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void nothing) {
            look(tree.getExpression(), tree.getCases());
            return super.visitSwitch(tree, null);
        }

        @Override
        public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void nothing) {
            look(tree.getExpression(), tree.getCases());
            return super.visitSwitchExpression(tree, null);
        }

        private void look(ExpressionTree over, List<? extends CaseTree> cases) {
            TypeMirror type = trees.getTypeMirror(new TreePath(getCurrentPath(), over));
            if (!isOurAlternative(type)) {
                return;
            }
            seen++;
            if (cases.stream().anyMatch(SwitchesTest::isDefault)) {
                CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
                long line = unit.getLineMap()
                        .getLineNumber(trees.getSourcePositions().getStartPosition(unit, over));
                defaults.add(Repository.name(Path.of(unit.getSourceFile().toUri())) + ":" + line + " over " + type);
            }
        }

        private boolean isOurAlternative(@Nullable TypeMirror type) {
            return type != null
                    && task.getTypes().asElement(task.getTypes().erasure(type)) instanceof TypeElement element
                    && element.getQualifiedName().toString().startsWith("io.plumbline.")
                    && (element.getKind() == ElementKind.ENUM
                            || element.getModifiers().contains(Modifier.SEALED));
        }
    }

    private static boolean isDefault(CaseTree one) {
        return one.getLabels().stream().anyMatch(DefaultCaseLabelTree.class::isInstance);
    }
}
