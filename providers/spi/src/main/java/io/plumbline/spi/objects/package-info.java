/// Projections of Kubernetes objects: the fields that decisions need, and no others.
///
/// An informer turns each object into one of these on arrival and forgets the object, which keeps memory flat.
/// All are immutable; lists and maps keep a stable order.
package io.plumbline.spi.objects;
