package dev.gyre.maelstrom.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A rendered document as the JDK's XML parser sees it. */
final class Xml {
    private final List<Element> elements = new ArrayList<>();

    private Xml() {}

    /** Parses a document, or fails when it is not well-formed. */
    static Xml parse(String text) {
        var xml = new Xml();
        try {
            var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(null);
            NodeList nodes =
                    builder.parse(new InputSource(new StringReader(text))).getElementsByTagName("*");
            for (int i = 0; i < nodes.getLength(); i++) {
                xml.elements.add((Element) nodes.item(i));
            }
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
        return xml;
    }

    List<Element> all() {
        return elements;
    }

    /** The elements of that name. */
    List<Element> named(String name) {
        return where(element -> element.getTagName().equals(name));
    }

    /** The elements that have all those classes. */
    List<Element> ofClass(String... classes) {
        return where(
                element -> List.of(element.getAttribute("class").split(" ")).containsAll(List.of(classes)));
    }

    /** The text of each element of that name. */
    List<String> texts(String name) {
        return named(name).stream().map(Element::getTextContent).toList();
    }

    static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private List<Element> where(Predicate<Element> condition) {
        return elements.stream().filter(condition).toList();
    }
}
