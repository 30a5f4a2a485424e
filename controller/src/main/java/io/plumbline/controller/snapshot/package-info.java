/// Everything in the cluster that one load balancer depends on, at one moment.
package io.plumbline.controller.snapshot;
