@NullMarked
package io.plumbline.it.cluster.nodeproxy;

import org.jspecify.annotations.NullMarked;
