/// Kubernetes objects -> projections, and keys on the queue; no decisions.
package io.plumbline.controller.intake;
