/// Snapshot -> what is wanted, or what stands in the way. Pure: no clock, I/O, log, metric, SDK or
/// Kubernetes client.
package io.plumbline.controller.desired;
