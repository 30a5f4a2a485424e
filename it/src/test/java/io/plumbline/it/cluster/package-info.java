/// Tests of the laboratory's cluster itself; those tagged `laboratory` start a control plane.
@NullMarked
package io.plumbline.it.cluster;

import org.jspecify.annotations.NullMarked;
