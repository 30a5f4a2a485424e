/// Tests of the Aliyun provider: its pure parts by values, single calls through the real SDK over real
/// sockets.
@NullMarked
package io.plumbline.aliyun;

import org.jspecify.annotations.NullMarked;
