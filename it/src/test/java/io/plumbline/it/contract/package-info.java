/// One suite for every provider: desired states and single verbs, gated by what the cloud says that it can do.
///
/// | part | what it asks |
/// |---|---|
/// | [io.plumbline.it.contract.DesiredStateContract] | from state to state: each is reached and stays |
/// | [io.plumbline.it.contract.NodePortContract] | machines as members, and in place of Pods |
/// | [io.plumbline.it.contract.TransportContract] | UDP, both on one port, who may connect |
/// | [io.plumbline.it.contract.SharingContract] | borrowed load balancers, strangers' parts |
/// | [io.plumbline.it.contract.ReplacementContract] | several incarnations of one load balancer |
/// | [io.plumbline.it.contract.VerbContract] | the verbs, one by one |
///
/// A provider takes part by a [io.plumbline.it.contract.ContractCloud] and a test class that implements
/// [io.plumbline.it.contract.ProviderContract] and names it.
package io.plumbline.it.contract;
