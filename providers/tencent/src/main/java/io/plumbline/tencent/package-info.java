/// Tencent Cloud CLB behind the provider's verbs: layer 4 listeners with Pods or nodes as targets.
///
/// Input: Services' annotations and TkeServiceConfigs ([TencentDialect]), changes ([Lowering]), the cloud's replies
/// ([Reader]). Output: the SPI's values. Only [Calls] touches the network; only [Failures] catches what the SDK
/// throws. Nothing here retries, sleeps, or remembers what it saw.
@NullMarked
package io.plumbline.tencent;

import org.jspecify.annotations.NullMarked;
