package io.plumbline.controller.plan;

import io.plumbline.spi.change.FieldChange;
import io.plumbline.spi.model.Address;
import io.plumbline.spi.model.Key;
import io.plumbline.spi.model.Options;
import io.plumbline.spi.model.Resource;
import io.plumbline.spi.model.Setting;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What differs between a resource as it is wanted and as it is. Derived from record components, so that a
/// field that is added is compared without anybody thinking of it.
public final class Diff {
    /// The field that stands for the kind of a listener: TCP where HTTP is wanted.
    static final String FORM = "form";

    /// Components that say what a resource is, not how it is set.
    private static final List<String> IDENTITY = List.of("key", "registrant");

    private Diff() {}

    /// The fields in the order of their declaration, nested ones by path. What is unmanaged in `desired` is
    /// skipped.
    public static List<FieldChange> fields(Resource desired, Resource actual) {
        if (desired.getClass() != actual.getClass()) {
            return List.of(new FieldChange(
                    FORM, actual.getClass().getSimpleName(), desired.getClass().getSimpleName()));
        }
        List<FieldChange> changes = new ArrayList<>();
        compareComponents("", desired, actual, changes);
        return changes;
    }

    /// What is managed in a resource, by path: what a new one is made with.
    public static SortedMap<String, String> settings(Resource resource) {
        SortedMap<String, String> settings = new TreeMap<>();
        gather("", resource, settings);
        return settings;
    }

    private static void gather(String prefix, Object part, SortedMap<String, String> settings) {
        for (RecordComponent component : part.getClass().getRecordComponents()) {
            Object value = value(component, part);
            Object managed = value instanceof Setting.Managed<?>(Object inner) ? inner : value;
            if (IDENTITY.contains(component.getName()) || managed instanceof Setting.Unmanaged<?>) {
                continue;
            }
            if (hasParts(managed) && managed.getClass().getRecordComponents().length > 0) {
                gather(prefix + component.getName() + ".", managed, settings);
            } else if (!(managed instanceof Options.None)) {
                settings.put(prefix + component.getName(), ValueText.of(managed));
            }
        }
    }

    private static void compareComponents(String prefix, Object desired, Object actual, List<FieldChange> changes) {
        for (RecordComponent component : desired.getClass().getRecordComponents()) {
            if (!IDENTITY.contains(component.getName())) {
                compare(prefix + component.getName(), value(component, desired), value(component, actual), changes);
            }
        }
    }

    private static void compare(String path, Object desired, Object actual, List<FieldChange> changes) {
        boolean leftAlone = desired instanceof Setting.Unmanaged<?> || desired instanceof Options.None;
        if (leftAlone || desired.equals(actual)) {
            return;
        }
        if (desired instanceof Setting.Managed<?>(Object wanted) && actual instanceof Setting.Managed<?>(Object is)) {
            compare(path, wanted, is, changes);
        } else if (hasParts(desired) && desired.getClass() == actual.getClass()) {
            compareComponents(path + ".", desired, actual, changes);
        } else {
            changes.add(new FieldChange(path, ValueText.of(actual), ValueText.of(desired)));
        }
    }

    private static boolean hasParts(Object value) {
        return value instanceof Record
                && !(value instanceof Setting<?> || value instanceof Key || value instanceof Address);
    }

    private static Object value(RecordComponent component, Object of) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
