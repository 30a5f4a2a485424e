/// Wanted and actual -> an ordered plan; plan and facts -> the part of it that is safe. Pure: no clock,
/// I/O, log, metric, SDK or Kubernetes client; time and what was read come in as values.
///
/// Read it in this order:
/// - [io.plumbline.controller.plan.Planner] chooses between `Wanted` (what is missing is made, what differs
///   changed, what is left over removed) and `Released`.
/// - `Step` decides about one resource, `Ports` who gets which port, `Verdicts` about each backend, `Replacement`
///   what must wait; [io.plumbline.controller.plan.Diff] finds what differs.
/// - `Ordering` puts the changes in order.
/// - [io.plumbline.controller.plan.Guards] holds back what must not be done, or what no evidence supports; each
///   guard has its file.
/// - [io.plumbline.controller.plan.PlanText] prints.
///
/// It must not call anything, remember anything, or know an identifier of a cloud.
package io.plumbline.controller.plan;
