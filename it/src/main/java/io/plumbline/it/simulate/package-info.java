/// `plumbline simulate`: the simulated clouds as a process of its own.
///
/// Input: which clouds, which limits to turn off. Output: one line of JSON on stdout that says how to reach them,
/// then nothing more there; everything else goes to stderr. It must not listen on anything but 127.0.0.0/8.
@NullMarked
package io.plumbline.it.simulate;

import org.jspecify.annotations.NullMarked;
