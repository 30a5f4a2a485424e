package io.plumbline.spi;

import io.plumbline.spi.change.Change;
import io.plumbline.spi.model.Actual;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Desired;
import io.plumbline.spi.model.Health;
import io.plumbline.spi.model.Ids;
import io.plumbline.spi.model.LoadBalancerKey;
import io.plumbline.spi.model.Mark;
import io.plumbline.spi.model.Pool;
import io.plumbline.spi.model.PoolKey;
import java.util.List;
import java.util.SortedMap;

/// The verbs of a cloud. Each makes the calls that it needs once: retries, pacing, budgets and metrics are the
/// caller's. Every call that goes out asks [CallGate] first. None throws for expected trouble, none sleeps, all may
/// be called from many threads, but writes to one load balancer come from one at a time.
public interface Provider {
    Capabilities capabilities();

    /// How this cloud's annotations and custom objects are read.
    Dialect dialect();

    /// Fills in what the cloud would choose itself, so that what is wanted and what is there are equal when nothing
    /// needs to be done. Pure. Where pools are inline it gives each listener or rule a pool of its own.
    Desired normalize(Desired desired);

    /// Which of these addresses the cloud knows in our network. Unknown is a value, not an error. Read only.
    Answer<SortedMap<Address, Resolution>> resolve(List<Address> addresses);

    /// Reads a load balancer. That it does not exist is an answer: the caller asks twice before it believes it.
    Answer<Actual> read(ReadRequest request);

    /// Applies changes that may go together, in their order. Idempotent: creating what is there (by our mark) and
    /// removing what is not is Done.
    ///
    /// @return one outcome for each change, in the same order
    List<Outcome> apply(ApplyRequest request);

    /// What became of something pending. A task that has failed, or that the cloud no longer knows, is
    /// `Retry(STALE)`: it is over, so read again. Any other `Retry` means that the task may be asked for again.
    Outcome poll(LoadBalancerKey key, Outcome.Task task);

    /// Asks for the health of pools, as many in a call as the cloud allows. Read only.
    ///
    /// @return one for each question, in the same order
    Answer<List<Health>> health(List<HealthQuestion> questions);

    /// What to read.
    ///
    /// @param owner the mark of the load balancer itself
    /// @param claimants marks whose listeners and pools are ours, that of the owner included
    /// @param known identifiers from an earlier reading, which save a search; they are verified, never trusted
    /// @param named identifiers that users gave for pools of their own: verified, and read as borrowed
    /// @param urgency [CallGate.Sort#READ], or [CallGate.Sort#VERIFY] where nobody waits for it
    /// @param boundAddresses somebody publishes an address that its user has bound to the load balancer: those are
    ///     read too, where the load balancer itself does not show them; else nothing is asked for them
    record ReadRequest(
            LoadBalancerKey key,
            Scope scope,
            Mark owner,
            List<Mark> claimants,
            Ids known,
            Ids named,
            CallGate.Sort urgency,
            boolean boundAddresses) {
        public ReadRequest {
            claimants = List.copyOf(claimants);
        }

        /// One that somebody waits for, without pools of users.
        public ReadRequest(LoadBalancerKey key, Scope scope, Mark owner, List<Mark> claimants, Ids known) {
            this(key, scope, owner, claimants, known, Ids.none(), CallGate.Sort.READ, false);
        }

        /// The same, with or without addresses that are bound to it.
        public ReadRequest withBoundAddresses(boolean asked) {
            return new ReadRequest(key, scope, owner, claimants, known, named, urgency, asked);
        }
    }

    /// What to change.
    ///
    /// @param owner the mark that a new load balancer gets
    /// @param claimants marks of everybody who takes part
    /// @param attempt of the creation under way; with the mark it makes the idempotency token
    /// @param ids of everything that the changes name and that exists; of members too, where the cloud names
    ///     targets in its own way
    /// @param pools as they are wanted: those that the listeners and rules among the changes lead to. Where
    ///     pools are inline a listener is made and changed together with its pool, which has no change of its
    ///     own.
    record ApplyRequest(
            LoadBalancerKey key,
            Mark owner,
            List<Mark> claimants,
            int attempt,
            Ids ids,
            List<Pool> pools,
            List<Change> changes) {
        public ApplyRequest {
            claimants = List.copyOf(claimants);
            pools = List.copyOf(pools);
            changes = List.copyOf(changes);
        }
    }

    /// Whose health is asked for; `ids` has the load balancer and the pools.
    record HealthQuestion(LoadBalancerKey loadBalancer, List<PoolKey> pools, Ids ids) {
        public HealthQuestion {
            pools = List.copyOf(pools);
        }
    }

    /// Whether an address can be a target.
    ///
    /// @param target the cloud's own name of what has the address, where targets are named so
    record Resolution(boolean known, String target) {}
}
