/// A simulated Tencent Cloud CLB (API 2018-03-17).
///
/// Input: requests on the real wire protocol. Output: replies that keep to the machine-readable contract, a change
/// log, and what the data plane is told. It must not answer a request that the real API would refuse, nor with an
/// error code that it does not have.
///
/// With the Java SDK in one process on virtual time:
/// ```java
/// SimulationClock clock = SimulationClock.virtual(Instant.parse("2026-01-01T00:00:00Z"));
/// Network network = Network.closed();
/// network.putAddress("10.244.0.7");
/// SimulatedTencent cloud = SimulatedTencent.onVirtualTime(network, clock, Prober.answering(probe -> true));
/// cloud.faults().set(List.of(Fault.nth("CreateListener", 1, Fault.Kind.LOSE)));
/// HttpProfile http = new HttpProfile();
/// http.setProtocol("http://");
/// http.setEndpoint("clb.tencentcloudapi.com");
/// http.setHttpClient(InProcessTransport.client(cloud, clock::advance));
/// ClientProfile profile = new ClientProfile();
/// profile.setHttpProfile(http);
/// TencentAccount account = cloud.account();
/// ClbClient client = new ClbClient(new Credential(account.secretId(), account.secretKey()), account.region(),
/// profile);
/// // ... calls, clock.advance(...), then
/// cloud.tick();
/// List<ChangeLog.Call> writes = cloud.log().writes();
/// List<BalancerView> left = cloud.balancers();
/// ```
///
/// On real time, with sockets:
/// ```java
/// try (SimulatedTencent cloud = SimulatedTencent.onSockets(network);
///         CloudServer server = CloudServer.serve(cloud)) {
///     http.setProtocol("http://");
///     http.setEndpoint(server.hostAndPort());
///     cloud.limits().turnOff(Limit.REQUESTS_PER_SECOND);
///     cloud.limits().set(Limit.PROPAGATION_MILLIS, 1000);
/// }
/// ```
@NullMarked
package io.plumbline.it.clouds.tencent;

import org.jspecify.annotations.NullMarked;
