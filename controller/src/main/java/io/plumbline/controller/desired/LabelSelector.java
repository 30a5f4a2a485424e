package io.plumbline.controller.desired;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A label selector in Kubernetes' own syntax: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. An empty one selects
/// everything.
record LabelSelector(List<Requirement> requirements) {
    private static final Pattern SEPARATOR = Pattern.compile(",(?![^(]*\\))");
    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^\\s=!]+)\\s*(==|=|!=)\\s*(\\S*)");
    private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*([^\\s=!()]+)");

    LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /// One condition on one label.
    ///
    /// @param values any of them; empty where the label only has to be there
    /// @param negated the opposite is required; a label that is absent has no value
    record Requirement(String label, List<String> values, boolean negated) {
        Requirement {
            values = List.copyOf(values);
        }

        boolean admits(SortedMap<String, String> labels) {
            boolean has = labels.containsKey(label) && (values.isEmpty() || values.contains(labels.get(label)));
            return has != negated;
        }
    }

    /// Empty where it cannot be read.
    static Optional<LabelSelector> parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        for (String term : SEPARATOR.split(text.strip())) {
            Optional<Requirement> requirement = term.isBlank() ? Optional.empty() : requirement(term.strip());
            if (requirement.isEmpty() && !text.isBlank()) {
                return Optional.empty();
            }
            requirement.ifPresent(requirements::add);
        }
        return Optional.of(new LabelSelector(requirements));
    }

    boolean selects(SortedMap<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.admits(labels));
    }

    private static Optional<Requirement> requirement(String term) {
        Matcher set = SET.matcher(term);
        if (set.matches()) {
            List<String> values =
                    Arrays.stream(set.group(3).split(",")).map(String::strip).toList();
            return Optional.of(
                    new Requirement(set.group(1), values, set.group(2).equals("notin")));
        }
        Matcher equality = EQUALITY.matcher(term);
        if (equality.matches()) {
            boolean negated = equality.group(2).equals("!=");
            return Optional.of(new Requirement(equality.group(1), List.of(equality.group(3)), negated));
        }
        Matcher existence = EXISTENCE.matcher(term);
        return existence.matches()
                ? Optional.of(new Requirement(
                        existence.group(2), List.of(), existence.group(1).equals("!")))
                : Optional.empty();
    }
}
