package io.plumbline.spi.change;

import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Owned;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Resource;
import java.time.Instant;
import java.util.List;

/// One step of a plan. What changes or removes something takes an [Owned] one, so that a stranger's cannot be
/// meant.
public sealed interface Change {
    Key key();

    Reason reason();

    /// Changes of the same plan that must be done before this one.
    List<ChangeName> needs();

    Verb verb();

    default ChangeName name() {
        return new ChangeName(verb(), key());
    }

    /// This change, with other needs.
    default Change needing(List<ChangeName> needs) {
        return switch (this) {
            case Create(Resource desired, Reason reason, List<ChangeName> old) -> new Create(desired, reason, needs);
            case Update(
                    Owned<? extends Resource> was,
                    Resource desired,
                    List<FieldChange> fields,
                    Reason reason,
                    List<ChangeName> old) -> new Update(was, desired, fields, reason, needs);
            case Replace(
                    Owned<? extends Resource> was,
                    Resource desired,
                    List<FieldChange> fields,
                    Reason reason,
                    List<ChangeName> old) -> new Replace(was, desired, fields, reason, needs);
            case Drain(Owned<Backend> was, Reason reason, List<ChangeName> old) -> new Drain(was, reason, needs);
            case Remove(Owned<? extends Resource> was, Reason reason, List<ChangeName> old) ->
                new Remove(was, reason, needs);
            case Await(PoolKey pool, int healthy, Instant firstAskAt, Reason reason, List<ChangeName> old) ->
                new Await(pool, healthy, firstAskAt, reason, needs);
            case Leave leave -> leave;
        };
    }

    /// Makes `desired`, which is absent.
    record Create(Resource desired, Reason reason, List<ChangeName> needs) implements Change {
        public Create {
            needs = List.copyOf(needs);
        }

        @Override
        public Key key() {
            return desired.key();
        }

        @Override
        public Verb verb() {
            return Verb.CREATE;
        }
    }

    /// Changes `fields` in place.
    record Update(
            Owned<? extends Resource> was,
            Resource desired,
            List<FieldChange> fields,
            Reason reason,
            List<ChangeName> needs)
            implements Change {
        public Update {
            fields = List.copyOf(fields);
            needs = List.copyOf(needs);
        }

        @Override
        public Key key() {
            return desired.key();
        }

        @Override
        public Verb verb() {
            return Verb.UPDATE;
        }
    }

    /// Removes it and makes it anew, since `fields` cannot be changed in place.
    record Replace(
            Owned<? extends Resource> was,
            Resource desired,
            List<FieldChange> fields,
            Reason reason,
            List<ChangeName> needs)
            implements Change {
        public Replace {
            fields = List.copyOf(fields);
            needs = List.copyOf(needs);
        }

        @Override
        public Key key() {
            return desired.key();
        }

        @Override
        public Verb verb() {
            return Verb.REPLACE;
        }
    }

    /// Sends the member no new connections and leaves it those that it has.
    record Drain(Owned<Backend> was, Reason reason, List<ChangeName> needs) implements Change {
        public Drain {
            needs = List.copyOf(needs);
        }

        @Override
        public Key key() {
            return was.value().key();
        }

        @Override
        public Verb verb() {
            return Verb.DRAIN;
        }
    }

    /// Removes it.
    record Remove(Owned<? extends Resource> was, Reason reason, List<ChangeName> needs) implements Change {
        public Remove {
            needs = List.copyOf(needs);
        }

        @Override
        public Key key() {
            return was.value().key();
        }

        @Override
        public Verb verb() {
            return Verb.REMOVE;
        }
    }

    /// Holds back what needs it until `healthy` members that are to stay are healthy.
    ///
    /// @param firstAskAt before this nobody can be healthy: registration + (threshold - 1) x interval
    record Await(PoolKey pool, int healthy, Instant firstAskAt, Reason reason, List<ChangeName> needs)
            implements Change {
        public Await {
            needs = List.copyOf(needs);
        }

        @Override
        public Key key() {
            return pool;
        }

        @Override
        public Verb verb() {
            return Verb.AWAIT;
        }
    }

    /// Nothing is done, and this is why.
    record Leave(Key key, Reason reason) implements Change {
        @Override
        public List<ChangeName> needs() {
            return List.of();
        }

        @Override
        public Verb verb() {
            return Verb.LEAVE;
        }
    }
}
