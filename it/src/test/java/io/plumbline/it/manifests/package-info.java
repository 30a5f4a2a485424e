/// The shipped manifests: what they say, and what a real API server and the running webhook make of them.
package io.plumbline.it.manifests;
