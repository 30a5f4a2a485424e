/// The control plane's processes: finding or building the binary, the files and flags they start with, their end,
/// and the socket through which the API server reaches Services and Pods.
///
/// Input: a folder and a function that says where a cluster address is served. Output: a ready API server and its
/// credentials. Must not: stop a process that it did not start.
@NullMarked
package io.plumbline.it.cluster.controlplane;

import org.jspecify.annotations.NullMarked;
