package io.plumbline.spi.model;

import java.util.List;

/// Who may connect: a list of CIDRs, which several listeners may share.
public record AccessList(AccessListKey key, List<String> sourceRanges, Options options) implements Resource {
    public AccessList {
        sourceRanges = List.copyOf(sourceRanges);
    }
}
