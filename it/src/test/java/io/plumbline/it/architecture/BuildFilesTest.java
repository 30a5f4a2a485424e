package io.plumbline.it.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// What the build files and the front page must keep to.
class BuildFilesTest {
    private static final List<String> MOCKING =
            List.of("mockito", "easymock", "jmock", "powermock", "jmockit", "mockk");
    private static final int README_LINES = 60;

    static List<Path> buildFiles() {
        return Stream.concat(Stream.of(""), Repository.MODULES.stream())
                .map(module -> Repository.ROOT.resolve(module).resolve("pom.xml"))
                .toList();
    }

    static List<Path> buildFilesOfModules() {
        return buildFiles().stream().skip(1).toList();
    }

    @ParameterizedTest
    @MethodSource("buildFilesOfModules")
    void versionsStandInTheRootOnly(Path buildFile) throws Exception {
        Element project = parse(buildFile);

        List<String> versions = elements(project, "version").stream()
                .filter(version -> !version.getParentNode().getNodeName().equals("parent"))
                .map(version -> version.getParentNode().getTextContent().strip().replaceAll("\\s+", " "))
                .toList();

        assertThat(versions).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("buildFiles")
    void nothingIsMocked(Path buildFile) throws Exception {
        assertThat(elements(parse(buildFile), "artifactId"))
                .extracting(Element::getTextContent)
                .noneMatch(artifact -> MOCKING.stream().anyMatch(artifact::contains));
    }

    @Test
    void noMockingLibraryComesInByAnotherOne() {
        List<String> classPath =
                List.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")));

        assertThat(classPath)
                .extracting(entry -> String.valueOf(Path.of(entry).getFileName()))
                .noneMatch(file -> MOCKING.stream().anyMatch(file::startsWith));
    }

    @Test
    void everyModuleIsKnownToTheseChecks() throws Exception {
        assertThat(elements(parse(Repository.ROOT.resolve("pom.xml")), "module"))
                .extracting(Element::getTextContent)
                .containsExactlyInAnyOrderElementsOf(Repository.MODULES);
    }

    @Test
    void theReadmeFitsOnOnePage() {
        assertThat(Repository.text(Repository.ROOT.resolve("README.md")).lines())
                .hasSizeLessThanOrEqualTo(README_LINES);
    }

    private static Element parse(Path buildFile) throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(buildFile.toFile())
                .getDocumentElement();
    }

    private static List<Element> elements(Element project, String name) {
        NodeList all = project.getElementsByTagName(name);
        return IntStream.range(0, all.getLength())
                .mapToObj(place -> (Element) all.item(place))
                .toList();
    }
}
