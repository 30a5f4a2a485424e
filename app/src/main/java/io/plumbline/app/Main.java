package io.plumbline.app;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line.
@Command(
        name = "plumbline",
        description = {
            "Turns Kubernetes Services of type LoadBalancer into cloud load balancers whose backends are the Pods",
            "themselves, and lets a Pod become Ready only when its load balancer says that it is healthy."
        },
        mixinStandardHelpOptions = true,
        version = "plumbline 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Run.class, PlanCommand.class})
public final class Main {
    /// A command that went wrong, or was called wrongly.
    public static final int ERROR = 1;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /// The command line, to which the laboratory adds commands of its own.
    public static CommandLine commandLine() {
        Logs.withoutLibraries();
        return new CommandLine(new Main())
                .setExitCodeExceptionMapper(exception -> ERROR)
                .setParameterExceptionHandler(Main::wrongCall)
                .setExecutionExceptionHandler(Main::failed);
    }

    private static int wrongCall(CommandLine.ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(exception.getMessage());
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ERROR;
    }

    private static int failed(Exception exception, CommandLine command, CommandLine.ParseResult parsed)
            throws Exception {
        if (exception instanceof UserError) {
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + exception.getMessage());
            return ERROR;
        }
        throw exception;
    }
}
