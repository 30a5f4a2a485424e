package io.plumbline.aliyun;

import io.plumbline.spi.Answer;
import io.plumbline.spi.Answer.Got;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The certificates of a listener's further domains: what is there, and the calls that make it what is
/// wanted.
final class Extensions {
    private Extensions() {}

    /// One that exists.
    record Shown(String id, String domain, String certificate) {}

    static Answer<List<Shown>> read(Calls calls, String loadBalancer, int port) {
        return Reading.then(
                calls.extensions(loadBalancer, port).asAnswer(),
                reply -> reply.list("DomainExtensions", "DomainExtension")
                        .<Answer<List<Shown>>>map(list ->
                                new Got<>(list.stream().map(Extensions::shown).toList()))
                        .orElseGet(() -> Reading.missed("DescribeDomainExtensions")));
    }

    private static Shown shown(Fields fields) {
        return new Shown(
                fields.textOrNone("DomainExtensionId"),
                fields.textOrNone("Domain"),
                fields.textOrNone("ServerCertificateId"));
    }

    static Pairs pairs(List<Shown> shown) {
        TreeMap<String, String> pairs = new TreeMap<>();
        shown.forEach(one -> pairs.put(one.domain(), one.certificate()));
        return new Pairs(pairs);
    }

    /// Removals first: a listener holds only a few.
    static List<Call.Plain> calls(Call.SetExtensions set, List<Shown> there) {
        SortedMap<String, String> wanted = set.wanted().byName();
        List<Call.Plain> calls = new ArrayList<>();
        there.stream()
                .filter(one -> !wanted.containsKey(one.domain()))
                .forEach(one -> calls.add(
                        new Call.Plain("DeleteDomainExtension", Lowering.one("DomainExtensionId", one.id()))));
        for (Map.Entry<String, String> pair : wanted.entrySet()) {
            Optional<Shown> one = there.stream()
                    .filter(shown -> shown.domain().equals(pair.getKey()))
                    .findFirst();
            if (one.isEmpty()) {
                TreeMap<String, String> parameters = new TreeMap<>(Requests.listener(set.loadBalancer(), set.port()));
                parameters.put("Domain", pair.getKey());
                parameters.put("ServerCertificateId", pair.getValue());
                calls.add(new Call.Plain("CreateDomainExtension", parameters));
            } else if (!one.get().certificate().equals(pair.getValue())) {
                SortedMap<String, String> parameters =
                        Lowering.one("DomainExtensionId", one.get().id());
                parameters.put("ServerCertificateId", pair.getValue());
                calls.add(new Call.Plain("SetDomainExtensionAttribute", parameters));
            }
        }
        return calls;
    }
}
