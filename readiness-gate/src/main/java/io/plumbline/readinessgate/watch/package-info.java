/// Waiting Pods -> questions about health -> conditions in Pods' status.
///
/// The shell around `gate`: it asks as seldom as it can and as soon as it makes sense, writes with the
/// Pod's UID as a precondition, and begins every lease term with nothing remembered. It must not decide
/// by events: each round looks at everything anew.
@NullMarked
package io.plumbline.readinessgate.watch;

import org.jspecify.annotations.NullMarked;
