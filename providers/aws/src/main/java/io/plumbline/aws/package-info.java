/// AWS Network Load Balancer behind the provider's verbs: layer 4 listeners with Pods or nodes as targets.
///
/// Input: Services' annotations ([AwsDialect]), changes ([Lowering]), the cloud's replies ([Reader]). Output: the
/// SPI's values. Only [Calls] touches the network; only [Failures] catches what the SDK throws. Nothing here
/// retries or sleeps. What is remembered is what all load balancers of a cluster share: the subnets ([Subnets]) and
/// the rules that let the load balancers reach their targets ([TargetRules]).
@NullMarked
package io.plumbline.aws;

import org.jspecify.annotations.NullMarked;
