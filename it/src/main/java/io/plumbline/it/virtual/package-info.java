/// The controller's own reconciler on virtual time: a cluster in memory, a clock that is set by hand,
/// one thread.
///
/// Input: objects, faults, a provider. Output: what the cloud and the cluster look like afterwards, and
/// how many writes it took. An hour passes in milliseconds, a crash is an exception, and nothing here
/// may wait for the real clock.
package io.plumbline.it.virtual;
