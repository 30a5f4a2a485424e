package io.plumbline.controller.intake;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an informer keeps: of each object its name and version, no more. The object itself is handed on
/// as it arrives and then forgotten, which keeps memory flat; and since it is handed on here, "synced"
/// means that all have been.
final class ProjectingStore<T extends HasMetadata> implements ItemStore<T> {
    private final ConcurrentMap<String, T> shells = new ConcurrentHashMap<>();
    private final Supplier<T> blank;
    private final Consumer<T> arrived;
    private final Consumer<T> left;

    /// @param left gets the shell of an object that is gone: its name and namespace
    ProjectingStore(Supplier<T> blank, Consumer<T> arrived, Consumer<T> left) {
        this.blank = blank;
        this.arrived = arrived;
        this.left = left;
    }

    @Override
    public String getKey(T object) {
        return Cache.metaNamespaceKeyFunc(object);
    }

    @Override
    public @Nullable T put(String key, T object) {
        T old = shells.put(key, shell(object));
        arrived.accept(object);
        return old;
    }

    @Override
    public @Nullable T remove(String key) {
        T old = shells.remove(key);
        if (old != null) {
            left.accept(old);
        }
        return old;
    }

    @Override
    public Stream<String> keySet() {
        return shells.keySet().stream();
    }

    @Override
    public Stream<T> values() {
        return shells.values().stream();
    }

    @Override
    public int size() {
        return shells.size();
    }

    @Override
    public @Nullable T get(String key) {
        return shells.get(key);
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private T shell(T object) {
        ObjectMeta all = object.getMetadata();
        T shell = blank.get();
        shell.setMetadata(new ObjectMetaBuilder()
                .withNamespace(all.getNamespace())
                .withName(all.getName())
                .withUid(all.getUid())
                .withResourceVersion(all.getResourceVersion())
                .build());
        return shell;
    }
}
