/// The program: wires providers, controller and readiness gate, and is the command line.
///
/// Input: options, environment, manifests. Output: exit codes, what a command prints on stdout, and everything else
/// on stderr. It must not decide anything about a load balancer: that is the controller's.
@NullMarked
package io.plumbline.app;

import org.jspecify.annotations.NullMarked;
