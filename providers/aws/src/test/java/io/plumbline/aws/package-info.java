/// Tests of the AWS provider: its pure parts by values, single calls through the real SDK over real sockets.
@NullMarked
package io.plumbline.aws;

import org.jspecify.annotations.NullMarked;
