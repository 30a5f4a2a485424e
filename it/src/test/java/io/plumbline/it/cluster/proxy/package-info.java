/// Tests of the package of the same name.
@NullMarked
package io.plumbline.it.cluster.proxy;

import org.jspecify.annotations.NullMarked;
