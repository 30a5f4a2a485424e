package io.plumbline.it.scenario;

import io.plumbline.controller.desired.Settings;
import io.plumbline.controller.plan.Mode;
import io.plumbline.controller.snapshot.ClusterObjects;
import io.plumbline.fake.Traits;
import io.plumbline.spi.Capabilities.Drain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/// `facts.yaml`: all that is neither in the cluster nor at the cloud. Every key may be absent.
///
/// | key | value | absent |
/// |---|---|---|
/// | `now` | an instant | 2026-01-01T12:00:00Z |
/// | `mode` | sync, upsert-only, observe | sync |
/// | `pools` | inline, group | inline |
/// | `drain` | weight-zero, deregister | weight-zero |
/// | `labels` | the cloud labels members | false |
/// | `pools-of-one-kind` | a pool is of Pods or of nodes for ever | false |
/// | `health-of-attached-only` | only pools that a listener leads to have health | false |
/// | `quota` | the most members of a pool | that of the cloud |
/// | `pod-network` | vpc: every Pod has an address of its own | it must show a sign |
/// | `term` | for how long this process has led | 1h |
/// | `registered` | for how long the members have been registered | 1h |
/// | `remembered` | member `10.0.3.7:80` -> Pod `name/uid` that it was registered for; `i-1:30080` -> its node,
/// and the Pods on it, `node-1/web-1 web-2` | as its address tells |
/// | `forgotten` | members that nobody remembers, whatever their address | none |
/// | `highest` | the most members that each pool had in the last 10 minutes | as many as now |
/// | `not-ready-removals` | when members were removed for not being ready, before `now` | none |
/// | `health` | what the health check says of a member | healthy |
/// | `recovers` | members that become healthy once the plan has been applied | none |
/// | `fresh` | objects as a fresh read finds them | as in input.yaml |
/// | `gone` | objects that a fresh read does not find, `Pod web-1` | as in input.yaml |
/// | `unreadable` | objects that cannot be read afresh, or `health` | none |
record Facts(
        Instant now,
        Mode mode,
        Traits traits,
        Optional<Integer> quota,
        Settings settings,
        Instant termStarted,
        Memory memory,
        SortedMap<String, String> health,
        List<String> recovers,
        Fresh fresh) {

    /// What a fresh read says, where it is not what input.yaml says.
    record Fresh(ClusterObjects objects, List<String> gone, List<String> unreadable) {}

    /// What the controller remembers.
    record Memory(
            Instant registeredAt,
            SortedMap<String, String> remembered,
            List<String> forgotten,
            Optional<Integer> highest,
            List<Instant> notReadyRemovals) {}

    static Facts read(Path file) throws IOException {
        Tree tree = Tree.read(file);
        Instant now = Instant.parse(tree.text("now", "2026-01-01T12:00:00Z"));
        Traits shape = tree.text("pools", "inline").equals("group") ? Traits.group() : Traits.inline();
        Facts facts = new Facts(
                now,
                Mode.valueOf(word(tree.text("mode", "sync"))),
                shape.draining(Drain.valueOf(word(tree.text("drain", "weight-zero"))))
                        .labelling(tree.flag("labels", false))
                        .with(new Traits.Quirks(
                                tree.flag("pools-of-one-kind", false),
                                tree.flag("health-of-attached-only", false),
                                false)),
                tree.text("quota").map(Integer::parseInt),
                settings(tree),
                now.minus(tree.duration("term", "1h")),
                new Memory(
                        now.minus(tree.duration("registered", "1h")),
                        tree.map("remembered"),
                        tree.texts("forgotten"),
                        tree.text("highest").map(Integer::parseInt),
                        tree.texts("not-ready-removals").stream()
                                .map(ago -> now.minus(Duration.parse("PT" + ago.toUpperCase(Locale.ROOT))))
                                .toList()),
                tree.map("health"),
                tree.texts("recovers"),
                new Fresh(Cluster.read(tree.json("fresh")), tree.texts("gone"), tree.texts("unreadable")));
        tree.end();
        return facts;
    }

    private static Settings settings(Tree tree) {
        return new Settings(
                "cluster-1",
                "fake",
                new TreeSet<>(),
                true,
                tree.text("pod-network").isPresent(),
                Optional.empty(),
                new TreeSet<>(),
                new TreeSet<>());
    }

    private static String word(String text) {
        return text.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
