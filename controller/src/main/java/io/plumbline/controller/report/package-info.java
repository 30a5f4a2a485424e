/// What was decided and what became of it -> status, conditions and events. Pure.
package io.plumbline.controller.report;
