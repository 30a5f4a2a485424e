package io.plumbline.controller.plan;

import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Owned;
import java.util.List;

/// What becomes of one backend, whatever else happens in its pool.
sealed interface Verdict {
    BackendKey key();

    /// Whether it will be a member that gets connections.
    default boolean stays() {
        return switch (this) {
            case Add add -> true;
            case Rejoin rejoin -> true;
            case Stay stay -> true;
            case Reweigh reweigh -> true;
            case Drain drain -> false;
            case Draining draining -> false;
            case Depart depart -> false;
            case Stranger stranger -> false;
        };
    }

    /// It becomes a member.
    record Add(Backend desired) implements Verdict {
        @Override
        public BackendKey key() {
            return desired.key();
        }
    }

    /// Its registration belongs to somebody who had the address before: it is removed and made anew.
    record Rejoin(Owned<Backend> member, Backend desired) implements Verdict {
        @Override
        public BackendKey key() {
            return desired.key();
        }
    }

    /// It is a member and stays one.
    record Stay(Owned<Backend> member) implements Verdict {
        @Override
        public BackendKey key() {
            return member.value().key();
        }
    }

    /// It stays a member, with another weight.
    record Reweigh(Owned<Backend> member, Backend desired, List<FieldChange> fields) implements Verdict {
        public Reweigh {
            fields = List.copyOf(fields);
        }

        @Override
        public BackendKey key() {
            return desired.key();
        }
    }

    /// It gets no new connections from now on.
    record Drain(Owned<Backend> member, Reason reason) implements Verdict {
        @Override
        public BackendKey key() {
            return member.value().key();
        }
    }

    /// It has got none for a while, and stays so.
    record Draining(Owned<Backend> member) implements Verdict {
        @Override
        public BackendKey key() {
            return member.value().key();
        }
    }

    /// It is a member and shall be none.
    ///
    /// @param replaced it may serve until others have taken its place
    record Depart(Owned<Backend> member, Reason reason, boolean replaced) implements Verdict {
        @Override
        public BackendKey key() {
            return member.value().key();
        }
    }

    /// Somebody else's.
    record Stranger(BackendKey key, String why) implements Verdict {}
}
