package io.plumbline.spi.model;

/// One thing that a plan may create, change or remove. Two of the same key are equal when nothing differs; what
/// differs is derived from their record components.
public sealed interface Resource permits LoadBalancer, Listener, Rule, Pool, Backend, AccessList, Certificate {
    Key key();
}
