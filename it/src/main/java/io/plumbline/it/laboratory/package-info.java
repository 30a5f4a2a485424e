/// A cluster, a simulated cloud under it, and the shipped manifests in it: what demo and end-to-end tests stand on,
/// the same for every cloud.
///
/// Input: the cloud's name and the number of nodes. Output: controllers as the Deployment would run them, addresses
/// that carry traffic, the cloud's change log, and who wrote what in it. Must not: ask which cloud it is outside of
/// the one class that each cloud has here.
@NullMarked
package io.plumbline.it.laboratory;

import org.jspecify.annotations.NullMarked;
