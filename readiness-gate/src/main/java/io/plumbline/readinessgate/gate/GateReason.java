package io.plumbline.readinessgate.gate;

/// Reasons of the gate's condition, as Kubernetes shows them. `docs/readiness-gates.md` explains each.
public enum GateReason {
    HEALTHY("Healthy", "every pool that it belongs to reports it healthy"),
    UNCHECKED("Unchecked", "it is registered, and its pools have no health check"),
    REJECTED("Rejected", "the cloud refuses its registration; the Service's conditions say why"),
    LEFT_OUT("LeftOut", "a quota leaves no room for it; the Service's conditions say which"),
    NO_POOL("NoPool", "it has no place in any load balancer's pool"),
    NODE_PORTS("NodePorts", "the Services that select it have node ports for backends"),
    SERVICE_DELETED("ServiceDeleted", "the Services that selected it are being deleted or gave up their load balancer"),
    DEADLINE_EXCEEDED("DeadlineExceeded", "its load balancer did not report it healthy in time");

    private final String text;
    private final String sentence;

    GateReason(String text, String sentence) {
        this.text = text;
        this.sentence = sentence;
    }

    /// As the condition's `reason`.
    public String text() {
        return text;
    }

    /// As the condition's `message`.
    public String sentence() {
        return sentence;
    }
}
