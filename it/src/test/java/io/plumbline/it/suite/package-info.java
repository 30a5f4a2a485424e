/// Which tests run on which clouds. One laboratory serves all end-to-end tests of a cloud, and at most one
/// laboratory is there at a time. A single test runs on a cloud with `-Dtest=NAME -Dplumbline.cloud=CLOUD`.
@NullMarked
package io.plumbline.it.suite;

import org.jspecify.annotations.NullMarked;
