package io.sparkgate.sandbox.sts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes what the service answers. */
final class Xml {

  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  private Xml() {}

  /**
   * A document.
   *
   * @param content names to texts, or to maps of the same kind
   */
  static byte[] document(String root, Map<String, Object> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      xml.writeStartElement(root);
      xml.writeDefaultNamespace(NAMESPACE);
      write(content, xml);
      xml.writeEndElement();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(Map<?, ?> content, XMLStreamWriter xml) throws XMLStreamException {
    for (Map.Entry<?, ?> element : content.entrySet()) {
      xml.writeStartElement(String.valueOf(element.getKey()));
      if (element.getValue() instanceof Map<?, ?> inner) {
        write(inner, xml);
      } else {
        xml.writeCharacters(String.valueOf(element.getValue()));
      }
      xml.writeEndElement();
    }
  }
}
