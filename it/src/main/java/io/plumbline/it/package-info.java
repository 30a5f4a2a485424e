/// The laboratory: a real control plane, simulated clouds, and what is tried on them. Never part of the image.
package io.plumbline.it;
