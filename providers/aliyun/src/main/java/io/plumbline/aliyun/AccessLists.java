package io.plumbline.aliyun;

import io.plumbline.aliyun.Reader.SeenList;
import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import io.plumbline.spi.Answer.Missed;
import io.plumbline.spi.model.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Access control lists: what is there, and the calls that make it what is wanted.
final class AccessLists {
    private AccessLists() {}

    /// The list that this mark made, by its name. The cloud's filter lets similar names through.
    static Answer<Optional<SeenList>> find(Calls calls, Mark mark) {
        String name = Names.marked(mark);
        return Reading.then(
                calls.accessLists(name).asAnswer(),
                reply -> reply.list("Acls", "Acl")
                        .map(list -> list.stream()
                                .filter(acl -> acl.textOrNone("AclName").equals(name))
                                .map(acl -> acl.textOrNone("AclId"))
                                .sorted()
                                .findFirst())
                        .<Answer<Optional<SeenList>>>map(id -> id.isEmpty()
                                ? new Got<>(Optional.empty())
                                : entries(calls, id.get())
                                        .map(ranges -> Optional.of(new SeenList(id.get(), mark, ranges))))
                        .orElseGet(() -> Reading.missed("DescribeAccessControlLists")));
    }

    /// Sorted.
    static Answer<List<String>> entries(Calls calls, String id) {
        List<String> entries = new ArrayList<>();
        int page = 1;
        while (true) {
            switch (calls.accessList(id, page).asAnswer()) {
                case Missed<Fields>(var failure) -> {
                    return new Missed<>(failure);
                }
                case Got<Fields>(Fields reply) -> {
                    List<String> some = reply.list("AclEntrys", "AclEntry").orElseGet(List::of).stream()
                            .flatMap(entry -> entry.text("AclEntryIP").stream())
                            .toList();
                    entries.addAll(some);
                    int total = reply.whole("TotalAclEntry").orElse(entries.size());
                    if (some.isEmpty() || entries.size() >= total) {
                        return new Got<>(entries.stream().distinct().sorted().toList());
                    }
                }
            }
            page++;
        }
    }

    static Call.Plain creation(Call.SetAccessList set) {
        boolean ipv6 = set.ranges().stream().allMatch(range -> range.contains(":"));
        SortedMap<String, String> parameters = Lowering.one("AclName", set.name());
        parameters.put("AddressIPVersion", ipv6 ? "ipv6" : "ipv4");
        return new Call.Plain("CreateAccessControlList", parameters);
    }

    /// Additions first: a list that is empty for a moment would let everybody in.
    static List<Call.Plain> calls(String id, List<String> wanted, List<String> there) {
        List<Call.Plain> calls = new ArrayList<>();
        calls.addAll(entries("AddAccessControlListEntry", id, beyond(wanted, there)));
        calls.addAll(entries("RemoveAccessControlListEntry", id, beyond(there, wanted)));
        return calls;
    }

    private static List<String> beyond(List<String> some, List<String> others) {
        return some.stream().filter(range -> !others.contains(range)).toList();
    }

    private static List<Call.Plain> entries(String action, String id, List<String> ranges) {
        List<Call.Plain> calls = new ArrayList<>();
        for (int from = 0; from < ranges.size(); from += Limits.ACL_ENTRIES_PER_CALL) {
            List<String> some = ranges.subList(from, Math.min(ranges.size(), from + Limits.ACL_ENTRIES_PER_CALL));
            SortedMap<String, String> parameters = Lowering.one("AclId", id);
            parameters.put("AclEntrys", Requests.entries(some));
            calls.add(new Call.Plain(action, parameters));
        }
        return calls;
    }
}
