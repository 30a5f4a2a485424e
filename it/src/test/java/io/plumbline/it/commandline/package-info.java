/// `bin/plumbline` itself: what it builds, what it prints where, and that a signal reaches the program.
package io.plumbline.it.commandline;
