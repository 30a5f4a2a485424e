/// The main job, shown: a rolling update under load, once with Plumbline's gates and drain and once without.
///
/// Input: the shipped manifests and example. Output: what happens, as it happens, and how many requests were
/// lost. It uses only what a user has: manifests, annotations, the API server; and, for the story, the simulated
/// cloud's change log.
@NullMarked
package io.plumbline.it.demo;

import org.jspecify.annotations.NullMarked;
