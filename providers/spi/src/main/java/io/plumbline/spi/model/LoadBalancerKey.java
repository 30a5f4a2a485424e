package io.plumbline.spi.model;

import io.plumbline.spi.objects.ObjectKey;

/// Names a load balancer.
public sealed interface LoadBalancerKey extends Key {
    @Override
    default Kind kind() {
        return Kind.LOAD_BALANCER;
    }

    /// The key that objects ask for; of a replacement it is that of what it replaces.
    default LoadBalancerKey asked() {
        return this instanceof Managed managed ? new Managed(managed.object(), managed.uid()) : this;
    }

    /// How often it has been replaced.
    default int incarnation() {
        return 0;
    }

    /// Made for one object and owned by it.
    ///
    /// @param uid the object's UID, so that an object of the same name made later is another key
    /// @param incarnation counts replacements: old and new exist side by side for a while
    record Managed(ObjectKey object, String uid, int incarnation) implements LoadBalancerKey {
        public Managed(ObjectKey object, String uid) {
            this(object, uid, 0);
        }

        @Override
        public String text() {
            return incarnation == 0 ? object.text() : object.text() + "#" + incarnation;
        }
    }

    /// Made by the user and named by its identifier; shared by every object that names it.
    record Existing(String provider, String region, String id) implements LoadBalancerKey {
        @Override
        public String text() {
            return id;
        }
    }

    /// Ours, and shared by all objects that name the group.
    record Group(String name) implements LoadBalancerKey {
        @Override
        public String text() {
            return "group/" + name;
        }
    }
}
