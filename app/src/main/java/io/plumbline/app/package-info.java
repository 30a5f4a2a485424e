/// The program: wires providers, controller and readiness gate, and is the command line.
package io.plumbline.app;
