/// Lets a Pod become Ready only when its load balancer says that it is healthy.
///
/// `webhook` puts the gate into new Pods, `gate` decides (pure), `watch` asks the cloud and writes
/// conditions. It reads what the controller knows through [io.plumbline.spi.PodRegistrations] and never
/// changes anything at a cloud.
@NullMarked
package io.plumbline.readinessgate;

import org.jspecify.annotations.NullMarked;
