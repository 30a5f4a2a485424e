package io.plumbline.app;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line.
@Command(
        name = "plumbline",
        header = "Cloud load balancers for Kubernetes, with the Pods themselves as backends.",
        description = "%nTurns Services of type LoadBalancer into cloud load balancers whose backends are the Pods"
                + " themselves, and lets a Pod become Ready only when its load balancer says that it is healthy.%n",
        version = "plumbline 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands (plumbline COMMAND --help tells more of each):%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:an error, told on standard error", "2:plan: there is something to do"},
        footer = {"%nEnvironment:", "  PLUMBLINE_LOG_LEVEL   what is logged on standard error: ERROR, WARN, INFO, DEBUG"
        },
        subcommands = {Run.class, PlanCommand.class})
@SuppressWarnings("UnusedVariable") // Help and version: picocli acts on them itself.
public final class Main {
    /// A command that went wrong, or was called wrongly.
    public static final int ERROR = 1;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    private boolean version;

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
        UnmatchedArgumentException.printSuggestions(exception, err);
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
