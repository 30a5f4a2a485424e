/// Wanted and actual -> an ordered plan; plan and facts -> the part of it that is safe. Pure.
///
/// `Planner` derives the changes, `Ordering` puts them in order, `Guards` hold back what no evidence supports,
/// `PlanText` prints.
package io.plumbline.controller.plan;
