package io.plumbline.controller.loop;

import io.plumbline.spi.objects.ServiceView;

/// What became of a write to the cluster.
public sealed interface Written {
    /// Done; this is the object now.
    record Done(ServiceView now) implements Written {}

    /// The object is gone, or another one has its name.
    record Gone() implements Written {}

    /// Not done, or not known to be done: the object has changed meanwhile, or the API server did not
    /// answer.
    record Failed(String why) implements Written {}
}
