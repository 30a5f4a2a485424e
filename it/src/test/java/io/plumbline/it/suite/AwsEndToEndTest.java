package io.plumbline.it.suite;

import org.junit.platform.suite.api.ConfigurationParameter;

@EndToEnd
@ConfigurationParameter(key = "plumbline.cloud", value = "aws")
final class AwsEndToEndTest {}
