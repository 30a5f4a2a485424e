/// What all simulated clouds share: HTTP serving that leaves signatures alone, the fault script, the change log,
/// the simulated VPC, virtual time, and a data plane of real sockets.
///
/// Input: HTTP requests, and the control requests under `/__simulation/` that docs/simulation.md describes. Output:
/// replies, forwarded traffic, the change log. It must not reach beyond 127.0.0.0/8.
///
/// A cloud is used as its own package shows, for example [io.plumbline.it.clouds.tencent].
@NullMarked
package io.plumbline.it.clouds;

import org.jspecify.annotations.NullMarked;
