package io.plumbline.controller.loop;

import io.plumbline.spi.objects.ServiceView.Condition;
import io.plumbline.spi.objects.ServiceView.PublishedAddress;
import java.util.List;

/// A Service's status as it is to be: its addresses, and those of its conditions that are ours.
public record StatusEdit(List<PublishedAddress> addresses, List<Condition> conditions) {
    public StatusEdit {
        addresses = List.copyOf(addresses);
        conditions = List.copyOf(conditions);
    }
}
