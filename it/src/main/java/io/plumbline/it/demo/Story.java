package io.plumbline.it.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Tells what happens, each line with the seconds since the beginning.
final class Story {
    private final PrintWriter out;
    private final Instant begin;

    Story(PrintWriter out, Instant begin) {
        this.out = out;
        this.begin = begin;
    }

    void tell(String what) {
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        print(String.format(Locale.ROOT, "%6.1fs  %s", seconds, what));
    }

    synchronized void print(String line) {
        out.println(line);
        out.flush();
    }
}
