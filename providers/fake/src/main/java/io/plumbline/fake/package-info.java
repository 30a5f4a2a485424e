/// A cloud in memory behind the SPI, selectable as `--provider fake`.
///
/// - [FakeCloud] is the cloud: it holds [FakeState], takes [Call]s, answers with [Reply]s, and outlives any number
///   of [FakeProvider]s (a restart of the controller). [Traits] says what sort of cloud it is, [Faults] what goes
///   wrong in it, [ChangeLog] what was done to it.
/// - [FakeProvider], [FakeDialect], [Normalize], [Reader], [Lowering], [Failures] and [Limits] are the
///   provider, with the files that every provider has.
///
/// The cloud knows nothing of Kubernetes and of our keys: only identifiers, marks and names, as a real
/// one does. It opens no socket and moves no traffic.
package io.plumbline.fake;
