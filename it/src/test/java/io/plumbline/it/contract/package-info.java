/// One suite for every provider: desired states and single verbs, gated by what the cloud says that it can do.
///
/// [io.plumbline.it.contract.DesiredStateContract] goes from state to state as the controller would, and asks that
/// each is reached and stays; [io.plumbline.it.contract.VerbContract] asks the verbs one by one. A provider takes part
/// by a [io.plumbline.it.contract.ContractCloud] and a test class that names both.
package io.plumbline.it.contract;
