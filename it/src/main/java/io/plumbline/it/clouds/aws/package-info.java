/// A simulated AWS: Network Load Balancers (ELBv2 2015-12-01), what EC2 (2016-11-15) tells of their VPC and its
/// security groups, ACM, Resource Groups Tagging and STS, all behind one endpoint.
///
/// Input: requests on the real wire protocols, signed with Signature Version 4. Output: replies that keep to the
/// machine-readable contracts, a change log, and what the data plane is told. It must not answer a request that the
/// real API would refuse, nor with an error code that it does not have.
///
/// TCP, UDP and TCP_UDP listeners carry traffic; a TLS listener exists in the API only.
///
/// With the Java SDK in one process on virtual time:
/// ```java
/// SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-01-01T00:00:00Z"));
/// SimulatedAws cloud = SimulatedAws.onVirtualTime(network, clock, Prober.answering(probe -> true));
/// cloud.faults().set(List.of(Fault.nth("CreateListener", 1, Fault.Kind.LOSE)));
/// ElasticLoadBalancingV2Client client = ElasticLoadBalancingV2Client.builder()
///         .httpClient(new InProcessTransport(cloud, clock::advance))
///         .endpointOverride(URI.create("http://aws.simulated"))
///         .region(Region.of(cloud.account().region()))
///         .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
///                 cloud.account().accessKeyId(), cloud.account().secretAccessKey())))
///         .build();
/// // ... calls, clock.advance(...), then
/// cloud.tick();
/// List<ChangeLog.Call> writes = cloud.log().writes();
/// List<BalancerView> left = cloud.balancers();
/// ```
///
/// On real time, with sockets: `SimulatedAws.onSockets(network)` behind a [io.plumbline.it.clouds.CloudServer]. The
/// DNS name of a balancer resolves by [SimulatedAws#addressOf].
@NullMarked
package io.plumbline.it.clouds.aws;

import org.jspecify.annotations.NullMarked;
