package io.plumbline.it.demo;

import io.plumbline.app.Logs;
import io.plumbline.app.Main;
import io.plumbline.app.Program;
import io.plumbline.app.UserError;
import io.plumbline.it.laboratory.Laboratory;
import io.plumbline.it.laboratory.LaboratoryCloud;
import io.plumbline.it.laboratory.LaboratoryClouds;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `plumbline demo`.
@Command(
        name = "demo",
        header = "Shows a rolling update without one lost request, on this machine alone.",
        description = {
            "%nStarts a real Kubernetes control plane and a simulated cloud, runs the controller in it, applies the example"
                    + " in two namespaces, and rolls both at once under open-loop load: one with readiness gates, drain"
                    + " and a preStop sleep, one without. No account, no cluster, no root; nothing leaves this machine.%n",
            "It takes about two minutes. The first time the control plane is built from its Go sources before: some"
                    + " minutes more.%n"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:with gates no request failed", "1:some failed, or something else went wrong"})
public final class Demo implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration COOL_DOWN = Duration.ofSeconds(3);
    private static final int NODES = 3;

    @Option(
            names = "--cloud",
            defaultValue = "tencent",
            paramLabel = "CLOUD",
            completionCandidates = CloudNames.class,
            description = "Which cloud is simulated: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private String cloud = "tencent";

    /// For the help.
    static final class CloudNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        CloudNames() {
            super(LaboratoryClouds.ALL.stream().map(LaboratoryCloud::name).toList());
        }
    }

    @Option(
            names = "--rate",
            defaultValue = "200",
            paramLabel = "N",
            description = "Requests per second to each of the two. Default: ${DEFAULT-VALUE}.")
    private int requestsPerSecond = 200;

    @Option(names = "--json", description = "Ends with one line of JSON on standard output; the story goes to stderr.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        LaboratoryCloud kind = LaboratoryClouds.named(cloud);
        if (requestsPerSecond < 1) {
            throw new UserError("--rate must be 1 or more, not " + requestsPerSecond);
        }
        Logs.warningsOnly();
        try {
            return show(kind);
        } catch (IllegalStateException e) { // The laboratory's own: what is missing, or was waited for in vain.
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private int show(LaboratoryCloud kind) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Story story = new Story(json ? spec.commandLine().getErr() : out, Instant.now());
        story.tell("starting etcd, kube-apiserver, kube-controller-manager, kube-scheduler and " + NODES + " nodes");
        try (Laboratory laboratory = Laboratory.start(kind, NODES);
                Program controller = laboratory.controller()) {
            story.tell("the controller runs as the shipped ServiceAccount, metrics at http://"
                    + controller.statusAddress().getAddress().getHostAddress() + ":"
                    + controller.statusAddress().getPort() + "/metrics");
            DemoReport report = play(laboratory, story);
            report.print(story);
            if (json) {
                out.println(report.json());
                out.flush();
            }
            return report.withGates().failed() == 0 ? 0 : Main.ERROR;
        }
    }

    private DemoReport play(Laboratory laboratory, Story story) throws InterruptedException {
        Stage with = Stage.withGates(laboratory);
        Stage without = Stage.withoutGates(laboratory);
        List<Stage> stages = List.of(with, without);
        story.tell("the plan for the example, as plumbline plan prints it:");
        story.print(Stage.plan(laboratory.kind()));
        stages.forEach(stage -> stage.apply(story));
        try (Watching watching = Watching.start(laboratory, stages, story)) {
            stages.forEach(stage -> stage.awaitServing(PATIENCE));
            story.tell("both serve; load begins: " + requestsPerSecond + " requests/s each");
            stages.forEach(stage -> stage.beginLoad(requestsPerSecond));
            TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
            story.tell("both are rolled at once");
            stages.forEach(Stage::roll);
            stages.forEach(stage -> stage.awaitRolledOut(PATIENCE));
            story.tell("both are rolled out");
            TimeUnit.MILLISECONDS.sleep(COOL_DOWN.toMillis());
            return new DemoReport(with.endLoad(), without.endLoad());
        }
    }
}
