package io.plumbline.it.manifests;

import com.tngtech.archunit.core.domain.JavaClass;
import io.plumbline.it.clouds.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The actions that a class names as text, whole or put together from parts, where an SDK is called by names. What
/// is an action, the API descriptions say; one that several products have is that of the first.
final class NamedActions {
    /// Where a part is put in, in a text that the compiler puts together
    /// (java.lang.invoke.StringConcatFactory).
    private static final String HOLE = "\u0001";

    private static final List<Product> PRODUCTS = List.of(
            new Product("slb", "/contracts/aliyun-slb-2014-05-15.json"),
            new Product("ecs", "/contracts/aliyun-ecs-2014-05-26.json"),
            new Product("vpc", "/contracts/aliyun-vpc-2016-04-28.json"));

    private NamedActions() {}

    private record Product(String name, List<String> actions) {
        Product(String name, String contract) {
            this(
                    name,
                    Resources.json(contract)
                            .get("actions")
                            .propertyStream()
                            .map(action -> action.getKey())
                            .toList());
        }
    }

    /// `product:Action` of each.
    static Stream<String> of(JavaClass type) {
        List<Pattern> texts = texts(type).stream()
                .filter(text -> text.matches("[A-Z][A-Za-z" + HOLE + "]+"))
                .map(text -> Pattern.compile(text.replace(HOLE, "[A-Z]+")))
                .toList();
        return PRODUCTS.stream()
                .flatMap(product -> product.actions().stream())
                .filter(action ->
                        texts.stream().anyMatch(text -> text.matcher(action).matches()))
                .distinct()
                .flatMap(action -> product(action).stream().map(product -> product + ":" + action));
    }

    private static Optional<String> product(String action) {
        return PRODUCTS.stream()
                .filter(product -> product.actions().contains(action))
                .map(Product::name)
                .findFirst();
    }

    private static List<String> texts(JavaClass type) {
        try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return StreamSupport.stream(
                            ClassFile.of()
                                    .parse(in.readAllBytes())
                                    .constantPool()
                                    .spliterator(),
                            false)
                    .flatMap(entry -> entry instanceof StringEntry text ? Stream.of(text.stringValue()) : Stream.of())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
