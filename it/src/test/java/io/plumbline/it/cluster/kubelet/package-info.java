/// Tests of the package of the same name.
@NullMarked
package io.plumbline.it.cluster.kubelet;

import org.jspecify.annotations.NullMarked;
