package io.plumbline.it.contract;

import io.plumbline.spi.CallGate;
import io.plumbline.spi.Provider;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Kind;
import io.plumbline.spi.model.LoadBalancer;
import io.plumbline.spi.model.LoadBalancer.Scheme;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Transport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A cloud under test, and what a test does to it behind the provider's back. It starts empty.
interface ContractCloud extends AutoCloseable {
    /// A provider that has seen nothing yet, as after a restart. All of them talk to the same cloud.
    Provider provider(CallGate gate);

    /// The cloud's time, which stands still.
    InstantSource clock();

    /// Lets time go on.
    void pass(Duration duration);

    /// A load balancer of that scheme, with all that this cloud needs to make it.
    LoadBalancer loadBalancer(LoadBalancerKey key, Scheme scheme);

    /// Settings of a listener that can follow one another in place; one entry where this cloud has none.
    List<Options> listenerOptions();

    Options poolOptions();

    /// The Pod address of that number, which the cloud knows.
    Address address(int number);

    /// The machine of that number. The cloud knows those from 1 to 20.
    Address.Instance node(int number);

    /// Whether a machine that does not exist is refused as a member.
    boolean refusesUnknownNodes();

    /// The listeners by which TCP and UDP are served on one port: one of each, or one for both.
    List<Transport> tcpAndUdp();

    /// A load balancer that its user has made by hand.
    LoadBalancerKey.Existing existing();

    /// One that must not be borrowed; empty where this cloud knows no such obstacle.
    Optional<LoadBalancerKey.Existing> existing(Obstacle obstacle);

    /// Somebody else makes a TCP listener there, and registers the Pod address of number 200 on it.
    void strangersListener(String loadBalancer, int port);

    /// Endpoints (`10.0.3.7:80`) that are registered for a TCP port, whosever they are, sorted.
    List<String> members(String loadBalancer, int port);

    /// Its user protects it from deletion.
    void protect(String loadBalancer);

    /// How many load balancers there are in the whole account.
    int loadBalancers();

    /// How many listeners a load balancer has, whosever they are.
    int listeners(String loadBalancer);

    /// From now on the health check says this of that endpoint.
    void setHealth(Address address, int port, boolean healthy);

    /// The next call that makes something of that kind is carried out, and its answer is lost.
    void loseReplyOfCreating(Kind kind);

    /// The next call that makes something of that kind is accepted, and fails afterwards.
    ///
    /// @return false where this cloud does everything at once
    boolean failTaskOfCreating(Kind kind);

    /// Of the members that are next registered together, in several pools, the cloud takes only some.
    void refuseSomeMembers();

    /// From now on every call ends so, until [#calm].
    void trouble(Trouble trouble);

    /// All is well again.
    void calm();

    /// What can be wrong with every call.
    enum Trouble {
        EXPIRED_CREDENTIALS,
        ACTION_DENIED,
        TOO_MANY_CALLS,
        CLOUD_FAILS,
        CONNECTION_BREAKS
    }

    /// Why a load balancer that exists must not be borrowed.
    enum Obstacle {
        /// It carries another load balancer controller's mark.
        ANOTHER_CONTROLLER,
        ANOTHER_NETWORK
    }

    @Override
    void close();
}
