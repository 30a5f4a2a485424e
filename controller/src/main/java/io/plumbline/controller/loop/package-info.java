/// The sentence itself: key -> snapshot -> desired -> plan -> apply -> report; queue and leadership.
package io.plumbline.controller.loop;
