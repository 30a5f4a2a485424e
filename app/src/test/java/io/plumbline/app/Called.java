package io.plumbline.app;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What a call of the command line brought.
record Called(int exitCode, String out, String err) {
    static Called plumbline(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Called(exitCode, out.toString(), err.toString());
    }
}
