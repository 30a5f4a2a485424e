/// Tests of the package of the same name.
@NullMarked
package io.plumbline.it.cluster.controlplane;

import org.jspecify.annotations.NullMarked;
