/// x
package io.plumbline.spi;
