/// (a waiting Pod, where it is registered, the cloud's health, now, settings) -> whether its gates open,
/// and why.
///
/// Pure: no clock, I/O, log, metric or Kubernetes client. It must not close a gate that was open.
@NullMarked
package io.plumbline.readinessgate.gate;

import org.jspecify.annotations.NullMarked;
