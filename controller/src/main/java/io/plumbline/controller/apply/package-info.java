/// Plan -> cloud: pacing, retries, budgets, identifiers, and what was last seen.
package io.plumbline.controller.apply;
