/// The whole, as a user has it: a real control plane, the shipped manifests, the controller with its
/// ServiceAccount's token, and the simulated cloud behind its real wire protocol.
///
/// Input: what a user does with kubectl. Output: what the cluster says, what the cloud has, and what its change log
/// tells of every moment in between. Must not: ask the controller itself for anything but its metrics.
@NullMarked
package io.plumbline.it.endtoend;

import org.jspecify.annotations.NullMarked;
