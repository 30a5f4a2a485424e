/// Scenarios: a folder says what is in the cluster and at the cloud, and what must come of it.
///
/// Input: `src/test/resources/scenario/NAME/`. Output: the plan and the status, compared with the folder's
/// expectations, or written there (`make golden`). Each scenario checks four things: the plan's text; that
/// applying it to a cloud converges; that planning again then finds nothing to do; and that shuffled inputs
/// give the same plan. The folder is the whole input: nothing here may depend on a scenario's name.
package io.plumbline.it.scenario;
