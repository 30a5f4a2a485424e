/// Load balancers as data: keys, resources, what is wanted and what is there.
///
/// Facts are records, alternatives are sealed. A setting that nobody asked for is
/// [io.plumbline.spi.model.Setting.Unmanaged], and the difference of two resources skips it. Identifiers of a cloud
/// appear in [io.plumbline.spi.model.Actual] only.
package io.plumbline.spi.model;
