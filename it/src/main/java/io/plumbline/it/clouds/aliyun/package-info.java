/// A simulated Aliyun: CLB (SLB 2014-05-15), and of ECS (2014-05-26) and VPC (2016-04-28) what a load balancer
/// controller asks, all behind one endpoint.
///
/// Input: requests on the real wire protocol. Output: replies that keep to the machine-readable contracts, a change
/// log, and what the data plane is told. It must not answer a request that the real API would refuse, nor with an
/// error code that it does not have.
///
/// TCP and UDP listeners carry traffic; an HTTP listener passes connections on as TCP does, without looking into
/// them. Of an HTTPS listener there is the API and the health of its backends, but no traffic; likewise of an HTTP
/// listener that forwards to one. There are no forwarding rules.
///
/// With the Java SDK in one process on virtual time:
/// ```java
/// SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-01-01T00:00:00Z"));
/// Network network = Network.closed();
/// network.putAddress("10.244.0.7");
/// SimulatedAliyun cloud = SimulatedAliyun.onVirtualTime(network, clock, Prober.answering(probe -> true));
/// AliyunAccount account = cloud.account();
/// Config config = new Config()
///         .setAccessKeyId(account.accessKeyId())
///         .setAccessKeySecret(account.accessKeySecret())
///         .setRegionId(account.region())
///         .setProtocol("HTTP")
///         .setEndpoint("aliyun-1.simulated:80");
/// // Tea, the SDK's core, keeps its HTTP clients by endpoint.
/// ClientHelper.clients.put("aliyun-1.simulated:80", InProcessTransport.client(cloud, clock::advance));
/// com.aliyun.slb20140515.Client client = new com.aliyun.slb20140515.Client(config);
/// // ... calls, clock.advance(...), then
/// cloud.tick();
/// List<ChangeLog.Call> writes = cloud.log().writes();
/// List<BalancerView> left = cloud.balancers();
/// ```
///
/// On real time, with sockets:
/// ```java
/// try (SimulatedAliyun cloud = SimulatedAliyun.onSockets(network);
///         CloudServer server = CloudServer.serve(cloud)) {
///     config.setProtocol("HTTP").setEndpoint(server.hostAndPort());
///     cloud.limits().turnOff(Limit.WRITES_PER_MINUTE);
///     cloud.limits().set(Limit.PROPAGATION_MILLIS, 1000);
/// }
/// ```
@NullMarked
package io.plumbline.it.clouds.aliyun;

import org.jspecify.annotations.NullMarked;
