package io.plumbline.readinessgate.watch;

import io.plumbline.readinessgate.gate.Memory;
import io.plumbline.spi.PodRegistrations.Standing;
import io.plumbline.spi.objects.PodView;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What one lease term knows of each waiting Pod, by UID. Not safe for several threads: [GateWatch]
/// guards it.
final class Notes {
    private final Map<String, Note> byUid = new HashMap<>();

    /// @param writable from when on the Pod may be written to; [Instant#MAX] while a write is under way
    ///     and for a Pod that is no more
    record Note(Memory memory, Instant writable) {}

    void keepOnly(Set<String> uids) {
        byUid.keySet().retainAll(uids);
    }

    Memory look(PodView pod, Standing standing, Instant now) {
        Note old = byUid.getOrDefault(pod.uid(), new Note(Memory.none(), Instant.MIN));
        Memory memory = old.memory().seeing(pod, standing, now);
        byUid.put(pod.uid(), new Note(memory, old.writable()));
        return memory;
    }

    boolean writable(String uid, Instant now) {
        Note note = byUid.get(uid);
        return note != null && !now.isBefore(note.writable());
    }

    void change(String uid, UnaryOperator<Note> change) {
        byUid.computeIfPresent(uid, (key, note) -> change.apply(note));
    }

    void writableFrom(String uid, Instant from) {
        change(uid, note -> new Note(note.memory(), from));
    }
}
