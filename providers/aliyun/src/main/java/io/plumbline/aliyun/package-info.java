/// Aliyun CLB behind the provider's verbs: listeners of layer 4, and of layer 7 with one pool, with
/// Pods or nodes as targets.
///
/// Input: Services' annotations ([AliyunDialect]), changes ([Lowering]), the cloud's replies ([Reader]). Output:
/// the SPI's values. Only [Calls] touches the network; only [Failures] catches what the SDK throws. Nothing here
/// retries, sleeps, or remembers what it saw.
@NullMarked
package io.plumbline.aliyun;

import org.jspecify.annotations.NullMarked;
