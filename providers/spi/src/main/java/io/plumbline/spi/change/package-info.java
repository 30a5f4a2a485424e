/// What is done to a cloud, as data: comparable, printable, and named by our own keys.
package io.plumbline.spi.change;
