package io.plumbline.controller.desired;

import io.plumbline.controller.desired.DesiredState.Context;
import io.plumbline.controller.desired.Membership.Verdict;
import io.plumbline.spi.Dialect.Backends;
import io.plumbline.spi.change.Reason;
import io.plumbline.spi.model.Backend;
import io.plumbline.spi.model.BackendKey;
import io.plumbline.spi.model.Desired.Candidate;
import io.plumbline.spi.model.Desired.Intent;
import io.plumbline.spi.model.Desired.Problem;
import io.plumbline.spi.model.PoolKey;
import io.plumbline.spi.model.Setting;
import io.plumbline.spi.objects.NodeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Node-port mode: the nodes behind one port of a Service. Pure. The first row that matches counts:
///
/// | the node | wanted |
/// |---|---|
/// | the selector matches no node at all, or cannot be read | Keep, and a problem |
/// | not selected, being deleted, excluded by label, or about to be scaled away | Remove |
/// | policy Local, no Pod on it wanted as a member | Remove; Drain or Keep where its Pods are so |
/// | Ready | Register |
/// | NotReady, Unknown | Keep: it joins only once Ready, and none of these alone takes it away |
final class NodeMembers {
    private static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";
    private static final String SCALED_AWAY = "ToBeDeletedByClusterAutoscaler";

    private final Part part;
    private final Context context;
    private final Optional<LabelSelector> selector;
    private final SortedMap<String, List<Intent>> podsByNode;

    NodeMembers(Part part, Context context) {
        this.part = part;
        this.context = context;
        this.selector = LabelSelector.parse(wishes().nodeSelector()).filter(this::selectsAny);
        this.podsByNode = podsByNode();
    }

    private Backends wishes() {
        return part.reading().backends();
    }

    private boolean selectsAny(LabelSelector parsed) {
        return part.nodes().values().stream()
                .anyMatch(node -> parsed.selects(node.metadata().labels()));
    }

    /// Sorted by key.
    List<Candidate> candidates(PoolKey pool, int nodePort) {
        return part.nodes().values().stream()
                .flatMap(node -> context.dialect().instance(node).stream()
                        .map(instance -> candidate(node, new BackendKey(pool, instance, nodePort))))
                .sorted(Comparator.comparing(candidate -> candidate.backend().key()))
                .toList();
    }

    private Candidate candidate(NodeView node, BackendKey key) {
        Verdict verdict = verdict(node);
        Backend backend = new Backend(key, weight(node), Optional.empty());
        return new Candidate(backend, Optional.of(node.metadata().key()), verdict.intent(), verdict.reason());
    }

    private Verdict verdict(NodeView node) {
        if (selector.isEmpty()) {
            return new Verdict(
                    Intent.KEEP, new Reason(ProblemReasons.NO_NODE_SELECTED, "the node selector selects no node"));
        }
        Optional<String> unwanted = unwanted(node, selector.get());
        if (unwanted.isPresent()) {
            return new Verdict(Intent.REMOVE, new Reason(Reason.UNWANTED, unwanted.get()));
        }
        return byPods(node).orElseGet(() -> byReadiness(node));
    }

    private static Optional<String> unwanted(NodeView node, LabelSelector selector) {
        if (node.metadata().deleting()) {
            return Optional.of("the node is being deleted");
        }
        if (node.taints().contains(SCALED_AWAY)) {
            return Optional.of("the node is about to be scaled away");
        }
        if (node.metadata().labels().containsKey(EXCLUDED)) {
            return Optional.of("the node carries the label " + EXCLUDED);
        }
        return selector.selects(node.metadata().labels())
                ? Optional.empty()
                : Optional.of("the node selector does not select it");
    }

    private static Verdict byReadiness(NodeView node) {
        return node.ready().equals("True")
                ? new Verdict(Intent.REGISTER, new Reason(Reason.DESIRED, "the node is Ready"))
                : new Verdict(Intent.KEEP, new Reason(Reason.NOT_READY, "the node's Ready is " + node.ready()));
    }

    private Optional<Verdict> byPods(NodeView node) {
        List<Intent> pods = podsByNode.getOrDefault(node.name(), List.of());
        if (!onlyWithPods() || pods.contains(Intent.REGISTER)) {
            return Optional.empty();
        }
        Reason reason = new Reason(Reason.UNWANTED, "no Pod on this node is a member");
        return Optional.of(new Verdict(
                Stream.of(Intent.KEEP, Intent.DRAIN)
                        .filter(pods::contains)
                        .findFirst()
                        .orElse(Intent.REMOVE),
                reason));
    }

    private boolean isLocal() {
        return part.service().traffic().externalTrafficPolicy().equals("Local");
    }

    private boolean onlyWithPods() {
        return isLocal() && !wishes().allNodesWhenLocal();
    }

    private Setting<Integer> weight(NodeView node) {
        long members = podsByNode.getOrDefault(node.name(), List.of()).stream()
                .filter(intent -> intent == Intent.REGISTER)
                .count();
        return isLocal() && wishes().weighByPods() && members > 0
                ? Setting.managed(
                        (int) Math.min(members, context.capabilities().limits().maximumWeight()))
                : wishes().weight();
    }

    private SortedMap<String, List<Intent>> podsByNode() {
        SortedMap<String, List<Intent>> intents = new TreeMap<>();
        Endpoints.named(part).stream()
                .sorted()
                .flatMap(key -> Stream.ofNullable(part.claim().pods().get(key)))
                .forEach(pod -> pod.nodeName()
                        .ifPresent(node -> intents.computeIfAbsent(node, key -> new ArrayList<>())
                                .add(Membership.ofPod(pod, part.node(pod.nodeName()), wishes(), context.settings())
                                        .intent())));
        return intents;
    }

    /// What the Service must be told of its nodes.
    List<Problem> problems() {
        List<String> unknown = part.nodes().values().stream()
                .filter(node -> context.dialect().instance(node).isEmpty())
                .map(NodeView::name)
                .toList();
        List<Problem> problems = new ArrayList<>();
        if (!unknown.isEmpty()) {
            String message = "nodes whose machine is not known are not added: " + Names.list(unknown)
                    + ". Their spec.providerID must name a machine of this cloud";
            problems.add(part.problem("nodes", message, ProblemReasons.UNKNOWN_NODE));
        }
        if (selector.isEmpty()) {
            String message = "the node selector '" + wishes().nodeSelector()
                    + "' selects no node: what is bound stays. Correct the selector, or label nodes";
            problems.add(part.problem("nodes", message, ProblemReasons.NO_NODE_SELECTED));
        }
        return problems;
    }
}
