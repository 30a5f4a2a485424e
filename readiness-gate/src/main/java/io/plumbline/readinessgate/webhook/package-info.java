/// AdmissionReview of a new Pod -> JSON patch that adds the readiness gate and, if asked for, a preStop
/// sleep.
///
/// `Injection` decides (pure); around it are the codec, the TLS server, and a certificate authority of
/// its own, shared by all replicas through a Secret. It must never refuse, hold up or break a Pod:
/// whatever goes wrong, the Pod is admitted as it came.
@NullMarked
package io.plumbline.readinessgate.webhook;

import org.jspecify.annotations.NullMarked;
