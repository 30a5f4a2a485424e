package io.plumbline.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What was done to the cloud and when. Thread-safe.
public final class ChangeLog {
    private final List<Entry> entries = new ArrayList<>();
    private final SortedMap<String, Integer> calls = new TreeMap<>();
    private final SortedMap<String, List<Moment>> timelines = new TreeMap<>();

    /// A call, or something that a stranger did.
    ///
    /// @param by `controller` or `stranger`
    public record Entry(Instant at, String by, String action, String balancer, String text) {}

    /// A group from this moment on.
    ///
    /// @param serving members with a weight that are not leaving
    /// @param healthy those of `serving` that are healthy or unchecked
    public record Moment(Instant at, List<String> members, int serving, int healthy) {
        public Moment {
            members = List.copyOf(members);
        }
    }

    /// Everything, in order.
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// How often each action was called by the controller, reads included, whatever came of it.
    public synchronized SortedMap<String, Integer> calls() {
        return new TreeMap<>(calls);
    }

    /// How many calls of the controller changed something, or tried to.
    public synchronized int writes() {
        return (int) entries.stream()
                .filter(entry -> entry.by().equals("controller"))
                .count();
    }

    /// Each change of a group's members or of their health.
    public synchronized List<Moment> timeline(String group) {
        return List.copyOf(timelines.getOrDefault(group, List.of()));
    }

    synchronized void called(String action) {
        calls.merge(action, 1, Integer::sum);
    }

    synchronized void add(Entry entry) {
        entries.add(entry);
    }

    synchronized void seen(Instant at, Reply.GroupHealth group) {
        List<Reply.MemberHealth> serving = group.members().stream()
                .filter(one ->
                        one.member().weight() > 0 && one.member().leavesAt().isEmpty())
                .toList();
        int healthy =
                (int) serving.stream().filter(one -> one.status().serves()).count();
        List<String> members =
                group.members().stream().map(one -> one.member().endpoint()).toList();
        Moment moment = new Moment(at, members, serving.size(), healthy);
        List<Moment> timeline = timelines.computeIfAbsent(group.group(), any -> new ArrayList<>());
        if (timeline.isEmpty() || !sameButTime(timeline.getLast(), moment)) {
            timeline.add(moment);
        }
    }

    private static boolean sameButTime(Moment one, Moment other) {
        return one.equals(new Moment(one.at(), other.members(), other.serving(), other.healthy()));
    }
}
