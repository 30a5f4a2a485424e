/// What a build can check is not left to memory: which module may import which, what is pure, where a cloud may be
/// named, and that a switch over our own types is exhaustive by itself.
package io.plumbline.it.architecture;
