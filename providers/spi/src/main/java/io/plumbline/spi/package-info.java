/// The vocabulary that every other module speaks: the verbs of a cloud and the values that pass through them.
///
/// - `objects`: what the program remembers of Kubernetes objects.
/// - `model`: load balancers as they are wanted ([io.plumbline.spi.model.Desired]) and as they are
///   ([io.plumbline.spi.model.Actual]), in Kubernetes words.
/// - `change`: the plan that leads from one to the other.
/// - this package: [Provider] and [Dialect], what a cloud can do ([Capabilities]) and how it answers ([Outcome],
/// [Answer]).
///
/// Nothing here depends on anything but the JDK, and nothing here names a cloud.
package io.plumbline.spi;
