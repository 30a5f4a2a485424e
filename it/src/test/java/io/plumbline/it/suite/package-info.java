/// Which tests run on which clouds. One laboratory serves all end-to-end tests of a cloud; the suites run at once, each
/// in a
/// process of its own. A single test runs on a cloud with `-Dtest=NAME -Dplumbline.cloud=CLOUD`.
@NullMarked
package io.plumbline.it.suite;

import org.jspecify.annotations.NullMarked;
