/// Open-loop, bounded load on loopback: requests leave when they are due, whatever became of the earlier ones.
///
/// Half of the requests open a connection of their own, half use one that is kept alive; some take two seconds.
/// There are no retries: a request that is refused, reset, answered with 5xx or not answered within five seconds
/// has failed.
package io.plumbline.it.load;
