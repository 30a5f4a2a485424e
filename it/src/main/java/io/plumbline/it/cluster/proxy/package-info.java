/// A proxy in front of the API server that can hide or age what a controller sees.
///
/// Input: HTTP requests of one controller and a [Fault] for each resource. Output: the API server's answers, or
/// false ones. Only LIST and WATCH are ever falsified; GET by name and writes stay true. Must not: keep anything.
@NullMarked
package io.plumbline.it.cluster.proxy;

import org.jspecify.annotations.NullMarked;
