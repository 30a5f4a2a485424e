package io.plumbline.it;

import io.plumbline.it.demo.Demo;
import io.plumbline.it.simulate.Simulate;
import picocli.CommandLine;

/// The program's command line, and the laboratory's commands beside it.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        CommandLine commandLine = io.plumbline.app.Main.commandLine();
        commandLine.addSubcommand(new Simulate());
        commandLine.addSubcommand(new Demo());
        System.exit(commandLine.execute(arguments));
    }
}
