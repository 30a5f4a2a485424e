package io.plumbline.it.endtoend;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives a test class' constructor the bench of the cloud that `plumbline.cloud` names, clean and with the usual
/// controller, and cleans it when the class ends. The bench ends with the last class.
final class OnBench implements ParameterResolver, AfterAllCallback {
    private static final String CLOUD = "plumbline.cloud";
    private static final String USUAL = "tencent";

    @Override
    public void afterAll(ExtensionContext context) {
        bench(context).clear();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(Bench.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Bench bench = bench(context);
        bench.begin();
        return bench;
    }

    private static Bench bench(ExtensionContext context) {
        String cloud = context.getConfigurationParameter(CLOUD).orElse(USUAL);
        return context.getRoot()
                .getStore(Namespace.create(OnBench.class))
                .computeIfAbsent(cloud, name -> Bench.start(CloudsUnderTest.named(name)), Bench.class);
    }
}
