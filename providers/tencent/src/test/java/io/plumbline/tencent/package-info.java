/// Tests of the Tencent Cloud provider: its pure parts by values, single calls through the real SDK over real sockets.
@NullMarked
package io.plumbline.tencent;

import org.jspecify.annotations.NullMarked;
