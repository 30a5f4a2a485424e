/// Tests of the command line: what it prints where, and its exit codes.
@NullMarked
package io.plumbline.app;

import org.jspecify.annotations.NullMarked;
