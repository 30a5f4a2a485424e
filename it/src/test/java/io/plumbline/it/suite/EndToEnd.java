package io.plumbline.it.suite;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/// All end-to-end tests, on the cloud that `plumbline.cloud` names.
@Suite
@IncludeEngines("junit-jupiter")
@SelectPackages("io.plumbline.it.endtoend")
@IncludeClassNamePatterns(".*Test")
@ConfigurationParameter(key = ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME, value = EndToEnd.BY_NAME)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface EndToEnd {
    String BY_NAME = "org.junit.jupiter.api.ClassOrderer$ClassName";
}
